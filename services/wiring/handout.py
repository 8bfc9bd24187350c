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
from shared.auth.keys import KeyRing

MIGRATE, DATABASE = "migrate", "database"


def hand_out(folder: Path, beside: Iterable[str], administrator: str) -> None:
    """Makes what is missing and keeps what is there. ``beside``: the owners of databases that are no service's."""
    everybody = Secrets(folder / MIGRATE / "secrets")
    Secrets(folder / DATABASE / "secrets").keep(administrator, everybody.password(administrator))
    shared = [role_of(owner) for owner in beside]
    public = {}
    for service in SERVICES:
        own, keys = Secrets(folder / service.name / "secrets"), folder / service.name / "keys"
        for role in (role_of(service.name), *shared):
            own.keep(role, everybody.password(role))
        KeyRing(keys).private(service.name)
        public[f"{service.name}.pub"] = (keys / f"{service.name}.pub").read_bytes()
    for service in SERVICES:
        _publish(folder / service.name / "keys", public)


def _publish(keys: Path, public: dict[str, bytes]) -> None:
    for name, content in public.items():
        draft = keys / f"{name}.{os.getpid()}.draft"
        draft.write_bytes(content)
        draft.replace(keys / name)
