"""What a token proves: algorithm pinned, issuer, audience, type and times checked by every service itself."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

import jwt

from shared.auth.external import ExternalIssuer, Unproven
from shared.auth.keys import KeyRing
from shared.auth.principal import Principal
from shared.auth.revocations import Revocations, client_name, officer_name, token_name
from shared.auth.tokens import ALGORITHM, GATEWAY, type_of
from shared.clock import system_now
from shared.problems import Problem, ProblemType
from shared.problems.common import TOKEN_EXPIRED, TOKEN_INVALID

LONGEST = 8 * 1024
"""Characters of a token; ours have five hundred."""
LEEWAY_SECONDS = 5
"""By which the clocks of two machines may differ."""
_REQUIRED = ["aud", "exp", "iat", "iss", "jti", "nbf", "sub"]
_CACHED_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class Token:
    """A verified token. ``names`` are those by which it may have been revoked."""

    principal: Principal
    token_id: str
    issued_at: datetime
    expires_at: datetime
    names: tuple[str, ...]


class TokenVerifier:
    """Checks what a caller presents. API tokens are the gateway's, or those of the one external issuer of officers;
    internal ones the allowed callers' own.

    What was verified once is remembered until it ends, a key changes, or something is revoked.
    """

    def __init__(
        self,
        keys: KeyRing,
        *,
        audience: str,
        issuers: frozenset[str],
        revocations: Revocations | None = None,
        external: ExternalIssuer | None = None,
    ) -> None:
        self._keys = keys
        self._audience = audience
        self._issuers = issuers
        self._revocations = revocations or Revocations()
        self._external = external
        self._verified: OrderedDict[str, Token] = OrderedDict()
        self._state = (0, 0)

    def verify(self, token: str) -> Principal:
        """The principal of a token of ours. Raises the problems ``token-invalid`` and ``token-expired``."""
        return self.read(token).principal

    async def authenticate(self, token: str) -> Token:
        """The same of any issuer; keys of the external one may have to be fetched first."""
        known = self._known(token)
        if known is not None:
            return known
        if self._external is None or not self._external.may_have_issued(token[: LONGEST + 1]):
            return self.read(token)
        _refuse_long(token)
        try:
            found = await self._external.claims(token)
        except Unproven as unproven:
            _refuse(TOKEN_EXPIRED if unproven.expired else TOKEN_INVALID)
        return self._remember(token, found, external=True)

    def read(self, token: str) -> Token:
        """All that a token of ours says."""
        return self._known(token) or self._remember(token, self._claims(token))

    def _known(self, token: str) -> Token | None:
        self._keys.look()
        state = self._keys.generation, self._revocations.generation
        if state != self._state:
            self._state = state
            self._verified.clear()
        known = self._verified.get(token)
        if known is not None and known.expires_at <= system_now():
            _refuse(TOKEN_EXPIRED)
        return known

    def _claims(self, token: str) -> Mapping[str, Any]:
        _refuse_long(token)
        try:
            header = jwt.get_unverified_header(token)
            found = self._keys.public(str(header.get("kid")))
            if found is None or found[0] not in self._issuers or header.get("typ") != type_of(self._audience):
                _refuse(TOKEN_INVALID)
            issuer, key = found
            return jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": _REQUIRED, "strict_aud": True},
            )
        except jwt.ExpiredSignatureError:
            _refuse(TOKEN_EXPIRED)
        except (jwt.InvalidTokenError, RecursionError):
            _refuse(TOKEN_INVALID)

    def _remember(self, token: str, claims: Mapping[str, Any], *, external: bool = False) -> Token:
        try:
            read = _read(claims, external=external)
        except (KeyError, ValueError, TypeError, AttributeError, OverflowError, OSError):
            _refuse(TOKEN_INVALID)
        if self._revocations.hold(read.names, read.issued_at):
            _refuse(TOKEN_INVALID)
        self._verified[token] = read
        if len(self._verified) > _CACHED_TOKENS:
            self._verified.popitem(last=False)
        return read


def _read(claims: Mapping[str, Any], *, external: bool) -> Token:
    officer, client = claims.get("officer_id"), claims.get("client_id")
    principal = Principal(
        subject=str(claims["sub"]),
        officer_id=UUID(officer) if officer else None,
        role=claims.get("role", ""),
        division=claims.get("division", ""),
        scopes=frozenset(claims.get("scope", "").split()),
        service=None if external or claims["iss"] == GATEWAY else claims["iss"],
        client=client,
        acting=bool(claims.get("act")),
    )
    names = [token_name(claims[name]) for name in ("jti", "origin") if name in claims]
    if principal.officer_id is not None:
        names.append(officer_name(principal.officer_id))
    if client is not None:
        names.append(client_name(client))
    return Token(
        principal=principal,
        token_id=str(claims.get("jti", "")),
        issued_at=datetime.fromtimestamp(claims["iat"], tz=UTC),
        expires_at=datetime.fromtimestamp(claims["exp"], tz=UTC),
        names=tuple(names),
    )


def _refuse_long(token: str) -> None:
    if len(token) > LONGEST:
        _refuse(TOKEN_INVALID)


def _refuse(problem: ProblemType) -> NoReturn:
    raise Problem(problem, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
