"""Ed25519 keys: a private one per service, readable by it alone, and the public ones as a JWKS."""

import base64
import hashlib
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def _thumbprint(public: Ed25519PublicKey) -> str:
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def _draft_of(path: Path) -> Path:
    return path.with_suffix(f".{uuid4().hex}.draft")


def _publish(key: Ed25519PublicKey, path: Path) -> None:
    """Whole at once: other processes read it meanwhile."""
    draft = _draft_of(path)
    draft.write_bytes(key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    draft.replace(path)


class KeyRing:
    """The keys in a folder: ``<issuer>.pem`` private (mode 600), ``<issuer>.pub`` public."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._public: dict[str, tuple[str, Ed25519PublicKey]] = {}

    def private(self, issuer: str) -> tuple[str, Ed25519PrivateKey]:
        """(key id, key) of the issuer, made at first use. Two makers at once agree on the first one's."""
        path = self._folder / f"{issuer}.pem"
        if not path.exists():
            self._create(path)
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"the key of {issuer} is not an Ed25519 key")
        if not path.with_suffix(".pub").exists():
            _publish(key.public_key(), path.with_suffix(".pub"))
        return _thumbprint(key.public_key()), key

    def secret(self, issuer: str, purpose: str) -> bytes:
        """32 bytes that only the issuer's processes know, of one purpose alone (RFC 5869)."""
        _, key = self.private(issuer)
        return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(key.private_bytes_raw())

    def _create(self, path: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
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

    def public(self, key_id: str) -> tuple[str, Ed25519PublicKey] | None:
        """(issuer, key) by key id, or None. New files are noticed."""
        if key_id not in self._public:
            self._public = dict(self._read())
        return self._public.get(key_id)

    def _read(self) -> list[tuple[str, tuple[str, Ed25519PublicKey]]]:
        found = []
        for path in sorted(self._folder.glob("*.pub")):
            key = serialization.load_pem_public_key(path.read_bytes())
            if isinstance(key, Ed25519PublicKey):
                found.append((_thumbprint(key), (path.stem, key)))
        return found

    def jwks(self, issuer: str) -> dict[str, Any]:
        """RFC 7517 and 8037: the issuer's public keys."""
        keys = []
        for key_id, (owner, key) in self._read():
            if owner == issuer:
                raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
                x = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
                keys.append({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key_id, "x": x})
        return {"keys": keys}
