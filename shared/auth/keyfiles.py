"""Key files of a folder: ``<issuer>.pem`` private (mode 600) and ``<issuer>.pub`` public are an issuer's first.

A later key's files bear the moment from which it signs: ``<issuer>.20261124T180000.000000Z.pem``. So a folder's
listing and the time of day tell which key signs, which one waits, and which one only verifies what it has signed.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self
from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PRIVATE, PUBLIC = ".pem", ".pub"
FROM_THE_FIRST = datetime.min.replace(tzinfo=UTC)
_STAMP = "%Y%m%dT%H%M%S.%fZ"


class KeyName(NamedTuple):
    """Whose key it is, and from when on it signs."""

    issuer: str
    signs_from: datetime

    @classmethod
    def of(cls, path: Path) -> Self:
        """Raises ``ValueError`` where the file's name is not a key's."""
        issuer, dot, stamp = path.name[: -len(path.suffix)].partition(".")
        return cls(issuer, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC) if dot else FROM_THE_FIRST)

    def path(self, folder: Path, suffix: str) -> Path:
        stamp = "" if self.signs_from == FROM_THE_FIRST else f".{self.signs_from.strftime(_STAMP)}"
        return folder / f"{self.issuer}{stamp}{suffix}"


def named(folder: Path, suffix: str) -> list[tuple[KeyName, Path]]:
    """Those of the folder in the order of issuers and moments; what is no key's file is passed over."""
    found = []
    for path in folder.glob(f"*{suffix}"):
        try:
            found.append((KeyName.of(path), path))
        except ValueError:
            continue
    return sorted(found)


def _draft_of(path: Path) -> Path:
    return path.with_suffix(f".{uuid4().hex}.draft")


def create(name: KeyName, folder: Path) -> None:
    """A new pair, private before public. Two makers at once agree on the first one's."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = name.path(folder, PRIVATE)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    draft = _draft_of(path)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key is the key
    finally:
        draft.unlink()


def read_private(path: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} is not an Ed25519 key")
    return key


def read_public(path: Path) -> Ed25519PublicKey | None:
    key = serialization.load_pem_public_key(path.read_bytes())
    return key if isinstance(key, Ed25519PublicKey) else None


def publish(key: Ed25519PublicKey, path: Path) -> None:
    """Whole at once: other processes read it meanwhile."""
    draft = _draft_of(path)
    draft.write_bytes(key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    draft.replace(path)
