"""Officers of an external OIDC issuer: their tokens are verified by its JWKS, their role and division read from claims.

An officer's id is derived from issuer and subject, so that it is the same in every service and no officer's of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import jwt

from shared.areas import is_division
from shared.auth.issuer_keys import IssuerKeys
from shared.auth.roles import ROLES

LEEWAY_SECONDS = 5


class Unproven(Exception):
    """The token proves nothing; or ``expired``: nothing any more."""

    def __init__(self, *, expired: bool = False) -> None:
        super().__init__("unproven")
        self.expired = expired


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """Where role and division stand: a claim's name, or a path of names with dots (``realm_access.roles``).

    ``roles`` gives ours for the issuer's; where it is empty they have the same names.
    """

    role: str = "role"
    division: str = "division"
    roles: Mapping[str, str] = field(default_factory=dict)


class ExternalIssuer:
    """One issuer that is trusted for officers, by settings."""

    def __init__(self, issuer: str, audience: str, names: ClaimNames, keys: IssuerKeys) -> None:
        self.issuer = issuer
        self._audience = audience
        self._names = names
        self._keys = keys

    def may_have_issued(self, token: str) -> bool:
        """Whether the token says that it is the issuer's; nothing is proven by that."""
        try:
            unproven = jwt.decode(token, options={"verify_signature": False})
        except (jwt.InvalidTokenError, RecursionError):
            return False
        return unproven.get("iss") == self.issuer

    async def claims(self, token: str) -> dict[str, Any]:
        """As our own tokens have them. Raises ``Unproven``."""
        try:
            key = await self._keys.key(str(jwt.get_unverified_header(token).get("kid")))
            if key is None:
                raise Unproven
            found = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm_name],
                audience=self._audience,
                issuer=self.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["aud", "exp", "iat", "iss", "sub"]},
            )
        except jwt.ExpiredSignatureError:
            raise Unproven(expired=True) from None
        except (jwt.InvalidTokenError, RecursionError):
            raise Unproven from None
        return self._ours(found)

    def _ours(self, found: Mapping[str, Any]) -> dict[str, Any]:
        role, division = self._role(found), _at(found, self._names.division)
        if not isinstance(division, str) or not is_division(division) or not isinstance(found["sub"], str):
            raise Unproven
        officer = str(officer_of(self.issuer, found["sub"]))
        ours = {"sub": officer, "officer_id": officer, "role": role, "division": division}
        times = {name: found[name] for name in ("iss", "iat", "exp")}
        token_id = {"jti": str(found["jti"])} if "jti" in found else {}
        return ours | times | token_id | {"scope": " ".join(sorted(ROLES[role]))}

    def _role(self, found: Mapping[str, Any]) -> str:
        """The one role of ours that the claim names: of two nobody could say which one acts."""
        said = _at(found, self._names.role)
        named = [each for each in (said if isinstance(said, list) else [said]) if isinstance(each, str)]
        roles = {self._names.roles.get(each, "") if self._names.roles else each for each in named} & ROLES.keys()
        if len(roles) != 1:
            raise Unproven
        return roles.pop()


def officer_of(issuer: str, subject: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{issuer}#{subject}")


def _at(claims: Mapping[str, Any], path: str) -> Any:
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
