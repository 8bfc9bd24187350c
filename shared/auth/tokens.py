"""Access tokens: JWT signed with Ed25519, algorithm pinned, audience checked by every service itself."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import jwt

from shared.auth.keys import KeyRing
from shared.auth.principal import Principal
from shared.auth.roles import ROLES
from shared.clock import system_now
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import TOKEN_EXPIRED, TOKEN_INVALID

API = "jingzhun"
GATEWAY = "gateway"
_REQUIRED = ["aud", "exp", "iat", "iss", "jti", "nbf", "sub"]
_CACHED_TOKENS = 4096


class TokenIssuer:
    """Signs tokens in the name of one issuer: the gateway for the API, a service for its own questions."""

    def __init__(self, keys: KeyRing, issuer: str) -> None:
        self._issuer = issuer
        self._key_id, self._key = keys.private(issuer)

    def issue(self, *, subject: str, audience: str, lifetime: timedelta, **claims: Any) -> str:
        now = system_now()
        payload = {
            "iss": self._issuer,
            "sub": subject,
            "aud": audience,
            "iat": now,
            "nbf": now,
            "exp": now + lifetime,
            "jti": str(new_id()),
        }
        return jwt.encode(payload | claims, self._key, algorithm="EdDSA", headers={"kid": self._key_id})

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


class TokenVerifier:
    """Checks what a caller presents. API tokens are the gateway's; internal ones the allowed callers' own."""

    def __init__(self, keys: KeyRing, *, audience: str, issuers: frozenset[str]) -> None:
        self._keys = keys
        self._audience = audience
        self._issuers = issuers
        self._verified: OrderedDict[str, tuple[datetime, Principal]] = OrderedDict()

    def verify(self, token: str) -> Principal:
        """The principal. Raises the problems ``token-invalid`` and ``token-expired``."""
        known = self._verified.get(token)
        if known is not None:
            if known[0] <= system_now():
                raise Problem(TOKEN_EXPIRED, headers=_challenge("invalid_token"))
            return known[1]
        claims = self._claims(token)
        principal = self._principal(claims)
        self._remember(token, datetime.fromtimestamp(claims["exp"], tz=system_now().tzinfo), principal)
        return principal

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            found = self._keys.public(str(jwt.get_unverified_header(token).get("kid")))
            if found is None or found[0] not in self._issuers:
                raise Problem(TOKEN_INVALID, headers=_challenge("invalid_token"))
            issuer, key = found
            return jwt.decode(
                token,
                key,
                algorithms=["EdDSA"],
                audience=self._audience,
                issuer=issuer,
                options={"require": _REQUIRED},
            )
        except jwt.ExpiredSignatureError:
            raise Problem(TOKEN_EXPIRED, headers=_challenge("invalid_token")) from None
        except jwt.InvalidTokenError:
            raise Problem(TOKEN_INVALID, headers=_challenge("invalid_token")) from None

    def _principal(self, claims: dict[str, Any]) -> Principal:
        try:
            officer = claims.get("officer_id")
            return Principal(
                subject=claims["sub"],
                officer_id=UUID(officer) if officer else None,
                role=claims.get("role", ""),
                division=claims.get("division", ""),
                scopes=frozenset(claims.get("scope", "").split()),
                service=claims["iss"] if claims["iss"] != GATEWAY else None,
            )
        except (KeyError, ValueError, AttributeError):
            raise Problem(TOKEN_INVALID, headers=_challenge("invalid_token")) from None

    def _remember(self, token: str, expires: datetime, principal: Principal) -> None:
        self._verified[token] = (expires, principal)
        if len(self._verified) > _CACHED_TOKENS:
            self._verified.popitem(last=False)


def _challenge(error: str) -> dict[str, str]:
    return {"WWW-Authenticate": f'Bearer error="{error}"'}
