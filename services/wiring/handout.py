"""What a deployment in separate places needs to begin: a folder for each service with its own secrets, no other's.

``<folder>/<service>/secrets`` holds the passwords of its database role and of the bus, ``…/keys`` its private key and
everybody's public ones; ``<folder>/migrate/secrets`` every password, the database administrator's too, and no key;
``<folder>/database/secrets`` the administrator's alone, for a server that begins with it.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from services.topology import SERVICES
from services.wiring.databases import role_of
from services.wiring.secrets import Secrets
from shared.auth.keyfiles import PUBLIC, named
from shared.auth.keys import KeyRing

MIGRATE, DATABASE = "migrate", "database"


def hand_out(folder: Path, beside: Iterable[str], administrator: str) -> None:
    """Makes what is missing and keeps what is there. ``beside``: the owners of databases that are no service's."""
    everybody = Secrets(folder / MIGRATE / "secrets")
    Secrets(folder / DATABASE / "secrets").keep(administrator, everybody.password(administrator))
    shared = [role_of(owner) for owner in beside]
    for service in SERVICES:
        own = Secrets(folder / service.name / "secrets")
        for role in (role_of(service.name), *shared):
            own.keep(role, everybody.password(role))
        KeyRing(_keys(folder, service.name)).private(service.name)
    publish_everywhere(folder)


def publish_everywhere(folder: Path) -> None:
    """Everybody's public keys to everybody, and nobody's that is no more."""
    public = {
        path.name: path.read_bytes()
        for service in SERVICES
        for name, path in named(_keys(folder, service.name), PUBLIC)
        if name.issuer == service.name
    }
    for service in SERVICES:
        _publish(_keys(folder, service.name), public)


def _keys(folder: Path, service: str) -> Path:
    return folder / service / "keys"


def _publish(keys: Path, public: dict[str, bytes]) -> None:
    for name, content in public.items():
        draft = keys / f"{name}.{os.getpid()}.draft"
        draft.write_bytes(content)
        draft.replace(keys / name)
    for _, path in named(keys, PUBLIC):
        if path.name not in public:
            path.unlink()
