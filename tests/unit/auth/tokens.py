"""Tokens made by hand: what our issuer would never sign, and what strangers can make."""

import base64
import hmac
from typing import Any

import orjson
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def encoded(value: Any) -> str:
    return base64_of(value if isinstance(value, bytes) else orjson.dumps(value))


def base64_of(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def signed(key: Ed25519PrivateKey, header: dict[str, Any], claims: Any) -> str:
    said = f"{encoded(header)}.{encoded(claims)}"
    return f"{said}.{base64_of(key.sign(said.encode()))}"


def shared_secret(key: Ed25519PrivateKey, header: dict[str, Any], claims: Any, form: str = "pem") -> str:
    """HMAC by the public key, as it stands in the file or in the key set."""
    public = key.public_key()
    secrets = {
        "pem": public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
        "raw": public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw),
    }
    said = f"{encoded(header)}.{encoded(claims)}"
    return f"{said}.{base64_of(hmac.digest(secrets[form], said.encode(), 'sha256'))}"
