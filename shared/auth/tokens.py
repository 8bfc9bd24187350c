"""Access tokens: JWTs signed with Ed25519 by the gateway for the API, by each service for its own questions."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt

from shared.auth.keys import KeyRing
from shared.auth.roles import ROLES
from shared.clock import system_now
from shared.ids import new_id

API = "jingzhun"
GATEWAY = "gateway"
ALGORITHM = "EdDSA"


def type_of(audience: str) -> str:
    """The header's ``typ``: access tokens by RFC 9068; what services show each other can never be taken for one."""
    return "at+jwt" if audience == API else "service+jwt"


class TokenIssuer:
    """Signs in the name of one issuer, always with the key whose turn it is."""

    def __init__(self, keys: KeyRing, issuer: str) -> None:
        self._keys = keys
        self._issuer = issuer
        keys.private(issuer)

    def issue(self, *, subject: str, audience: str, lifetime: timedelta, **claims: Any) -> str:
        now = system_now().timestamp()
        payload = {
            "iss": self._issuer,
            "sub": subject,
            "aud": audience,
            "iat": round(now, 3),
            "nbf": int(now),
            "exp": int(now + lifetime.total_seconds()),
            "jti": str(new_id()),
        }
        key_id, key = self._keys.private(self._issuer)
        headers = {"kid": key_id, "typ": type_of(audience)}
        return jwt.encode(payload | claims, key, algorithm=ALGORITHM, headers=headers)

    def officer(self, *, officer_id: UUID, role: str, division: str, lifetime: timedelta) -> str:
        return self.issue(
            subject=str(officer_id),
            audience=API,
            lifetime=lifetime,
            officer_id=str(officer_id),
            role=role,
            division=division,
            scope=" ".join(sorted(ROLES[role])),
        )
