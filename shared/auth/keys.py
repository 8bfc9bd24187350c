"""Ed25519 keys: private ones of a service, readable by it alone, and the public ones as a JWKS.

Every process sees the same files (``shared.auth.keyfiles``) and looks again every few seconds: a key that was added
or taken away is noticed without a restart.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path
from time import monotonic
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.auth.keyfiles import (
    FROM_THE_FIRST,
    PRIVATE,
    PUBLIC,
    KeyName,
    create,
    named,
    publish,
    read_private,
    read_public,
)
from shared.clock import system_now

LOOK_SECONDS = 5.0
"""How long a change in the folder may stay unnoticed."""
LONGEST_TOKEN = timedelta(days=1)
"""No token lives longer, so that a key that signs no more may go a day after its successor's turn has come."""
NOTICE = timedelta(minutes=10)
"""A new key is published for so long before it signs: wherever it is handed to, it is known by then."""
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


def _raw(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def key_id_of(public: Ed25519PublicKey) -> str:
    return hashlib.sha256(_raw(public)).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """``until``: from then on nothing that it signed is valid any more."""

    key_id: str
    issuer: str
    key: Ed25519PublicKey
    until: datetime

    def as_jwk(self) -> dict[str, str]:
        x = base64.urlsafe_b64encode(_raw(self.key)).rstrip(b"=").decode()
        return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": self.key_id, "x": x}


class KeyRing:
    """The keys of a folder. ``generation`` grows with every change that was noticed in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: frozenset[tuple[str, int]] | None = None
        self._look_again = 0.0
        self._public: dict[str, PublicKey] = {}
        self._private: dict[Path, Ed25519PrivateKey] = {}
        self._signing: dict[str, list[tuple[KeyName, Path]]] = {}
        self.generation = 0

    def look(self, *, at_once: bool = False) -> None:
        """Notice what has changed in the folder, every few seconds or ``at_once``."""
        if not at_once and monotonic() < self._look_again:
            return
        self._look_again = monotonic() + LOOK_SECONDS
        seen = _listing(self._folder)
        if seen != self._seen:
            self._seen = seen
            self.generation += 1
            self._read()

    def _read(self) -> None:
        self._public = {each.key_id: each for each in _public_keys(self._folder)}
        self._private = {}
        by_issuer = groupby(named(self._folder, PRIVATE), key=lambda each: each[0].issuer)
        self._signing = {issuer: list(files) for issuer, files in by_issuer}

    def private(self, issuer: str) -> tuple[str, Ed25519PrivateKey]:
        """(key id, key) by which the issuer signs now; its first one is made at first use."""
        self.look()
        path = self._signing_path(issuer)
        if path is None:
            create(KeyName(issuer, FROM_THE_FIRST), self._folder)
            self.look(at_once=True)
            path = self._signing_path(issuer)
        if path is None:
            raise FileNotFoundError(f"no key of {issuer} signs yet")
        key = self._at(path)
        return key_id_of(key.public_key()), key

    def secret(self, issuer: str, purpose: str) -> bytes:
        """32 bytes that only the issuer's processes know, of one purpose alone (RFC 5869).

        Of its oldest key: a new one changes nothing until the old one has ended.
        """
        self.private(issuer)
        oldest = self._at(self._signing[issuer][0][1])
        return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(oldest.private_bytes_raw())

    def _at(self, path: Path) -> Ed25519PrivateKey:
        if path not in self._private:
            self._private[path] = read_private(path)
            if not path.with_suffix(PUBLIC).exists():
                publish(self._private[path].public_key(), path.with_suffix(PUBLIC))
        return self._private[path]

    def _signing_path(self, issuer: str) -> Path | None:
        now = system_now()
        return next((path for name, path in reversed(self._signing.get(issuer, [])) if name.signs_from <= now), None)

    def public(self, key_id: str) -> tuple[str, Ed25519PublicKey] | None:
        """(issuer, key) by key id, or None. An unknown one is looked for in the folder at once."""
        self.look(at_once=key_id not in self._public)
        found = self._public.get(key_id)
        return (found.issuer, found.key) if found is not None and system_now() < found.until else None

    def jwks(self, issuer: str) -> dict[str, Any]:
        """RFC 7517 and 8037: the issuer's public keys, those that sign later and those that signed before too."""
        self.look(at_once=True)
        now = system_now()
        return {"keys": [key.as_jwk() for key in self._public.values() if key.issuer == issuer and now < key.until]}


def _listing(folder: Path) -> frozenset[tuple[str, int]]:
    """The names of the key files, and when each was written."""
    paths = [path for path in folder.glob("*") if path.suffix in {PRIVATE, PUBLIC}]
    listed = set()
    for path in paths:
        try:
            listed.add((path.name, path.stat().st_mtime_ns))
        except FileNotFoundError:
            continue
    return frozenset(listed)


def _public_keys(folder: Path) -> list[PublicKey]:
    found = []
    for issuer, group in groupby(named(folder, PUBLIC), key=lambda each: each[0].issuer):
        files = list(group)
        turns = [name.signs_from for name, _ in files]
        ends = [later + LONGEST_TOKEN for _, later in pairwise(turns)]
        for (_, path), until in zip(files, [*ends, _FOR_EVER], strict=True):
            key = read_public(path)
            if key is not None:
                found.append(PublicKey(key_id_of(key), issuer, key, until))
    return sorted(found, key=attrgetter("issuer", "until"))
