"""Tokens that must open nothing, each made from what a stranger could get hold of."""

import base64
import hmac
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import orjson
from cryptography.hazmat.primitives import serialization

from shared.auth.keys import KeyRing
from shared.auth.tokens import API, GATEWAY, TokenIssuer

_HOUR = timedelta(hours=1)


def forged(keys: KeyRing, good: str, elsewhere: Path) -> Iterator[tuple[str, str, str]]:
    """(what it is, the token, the problem's code)"""
    header, payload, signature = good.split(".")
    claims = orjson.loads(_decoded(payload))
    key_id = orjson.loads(_decoded(header))["kid"]
    officer = {"officer_id": UUID(claims["officer_id"]), "role": claims["role"], "division": claims["division"]}
    wider = _encoded(claims | {"division": "500000000000"})
    yield "expired", TokenIssuer(keys, GATEWAY).officer(**officer, lifetime=-_HOUR), "token-expired"
    yield "claims changed", f"{header}.{wider}.{signature}", "token-invalid"
    yield "signature cut", f"{header}.{payload}.", "token-invalid"
    yield "another key", TokenIssuer(KeyRing(elsewhere), GATEWAY).officer(**officer, lifetime=_HOUR), "token-invalid"
    yield "a service's key", TokenIssuer(keys, "households").officer(**officer, lifetime=_HOUR), "token-invalid"
    other = TokenIssuer(keys, GATEWAY).issue(subject=claims["sub"], audience="households", lifetime=_HOUR)
    yield "for another audience", other, "token-invalid"
    yield "no algorithm", f"{_encoded({'alg': 'none', 'kid': key_id})}.{payload}.", "token-invalid"
    yield "signed with the public key", _hmac(keys, key_id, payload), "token-invalid"
    lifetimeless = {name: value for name, value in claims.items() if name != "exp"}
    yield "without end", _signed(keys, lifetimeless), "token-invalid"
    yield "not a token", "x.y.z", "token-invalid"


def _hmac(keys: KeyRing, key_id: str, payload: str) -> str:
    """The public key taken for a shared secret, as it stands in a file."""
    found = keys.public(key_id)
    assert found is not None
    secret = found[1].public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    signed = f"{_encoded({'alg': 'HS256', 'typ': 'JWT', 'kid': key_id})}.{payload}"
    return f"{signed}.{_base64(hmac.digest(secret, signed.encode(), 'sha256'))}"


def _signed(keys: KeyRing, claims: dict[str, object]) -> str:
    key_id, key = keys.private(GATEWAY)
    signed = f"{_encoded({'alg': 'EdDSA', 'typ': 'JWT', 'kid': key_id})}.{_encoded(claims | {'aud': API})}"
    return f"{signed}.{_base64(key.sign(signed.encode()))}"


def _encoded(value: object) -> str:
    return _base64(orjson.dumps(value))


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
