"""Who asks, as far as a limit is concerned: whoever the token proves, else the address it came from."""

import time
from collections.abc import Awaitable, Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from shared.auth.principal import Principal
from shared.http.refusals import name_of
from shared.problems import Problem

Verify = Callable[[str], Awaitable[Principal]]
"""The principal of a token. Raises a ``Problem`` where it proves nothing."""
_KNOWN_SECONDS = 1.0
_KNOWN = 4096


class Caller(NamedTuple):
    """``key`` is the same for all that one caller asks; nobody can choose another's."""

    key: str
    principal: Principal | None


class Callers:
    """Remembers for a second whom a token has proved: verifying it is the services' own business, each for itself."""

    def __init__(self, verify: Verify) -> None:
        self._verify = verify
        self._known: dict[bytes, tuple[float, Caller]] = {}

    def known(self, authorization: bytes) -> Caller | None:
        """Whom it has proved a moment ago."""
        known = self._known.get(authorization)
        return known[1] if known is not None and known[0] > time.monotonic() else None

    async def of(self, authorization: bytes | None, address: str) -> Caller:
        if authorization is None:
            return _anonymous(address)
        known = self.known(authorization)
        if known is not None:
            return known
        principal = await self._proved(authorization)
        if principal is None:
            return _anonymous(address)
        caller = Caller(name_of(principal), principal)
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[authorization] = time.monotonic() + _KNOWN_SECONDS, caller
        return caller

    async def _proved(self, authorization: bytes) -> Principal | None:
        kind, _, token = authorization.decode("latin-1").partition(" ")
        if kind.lower() != "bearer":
            return None
        try:
            return await self._verify(token.strip())
        except Problem:
            return None


@lru_cache(maxsize=4096)
def _anonymous(address: str) -> Caller:
    """An IPv6 network of 64 bits is one household's or one office's: it can choose among its addresses at will."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return Caller("address unknown", None)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return Caller(f"address {int(parsed) >> 64:x}", None)
    return Caller(f"address {getattr(parsed, 'ipv4_mapped', None) or parsed}", None)
