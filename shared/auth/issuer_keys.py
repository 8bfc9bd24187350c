"""The keys of an external issuer: found by OIDC Discovery, kept, renewed in the background.

A key that is not known is asked for at once, but not again within seconds, whoever sends strange tokens. Where the
issuer does not answer, the keys that are known go on.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import jwt
import orjson
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

log = structlog.get_logger()
ASKED_AGAIN_SECONDS = 10.0
RENEWED_SECONDS = 600.0
_KINDS = frozenset({"RSA", "EC", "OKP"})
"""Of asymmetric keys. A shared secret verifies nothing here."""
_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
_SHORTEST_RSA = 2048
_LARGEST_ANSWER = 256 * 1024
_TIMEOUT = aiohttp.ClientTimeout(total=5)

Fetch = Callable[[str], Awaitable[Any]]
"""The JSON at a URL. Raises ``aiohttp.ClientError``, ``TimeoutError`` or ``ValueError``."""


async def fetch_json(url: str) -> Any:
    received = bytearray()
    async with (
        aiohttp.ClientSession(timeout=_TIMEOUT) as session,
        session.get(url, allow_redirects=False, headers={"Accept": "application/json"}) as answer,
    ):
        if answer.status != 200:
            raise ValueError("the issuer refuses")
        async for chunk in answer.content.iter_any():
            received += chunk
            if len(received) > _LARGEST_ANSWER:
                raise ValueError("the issuer's answer is too large")
    return orjson.loads(received)


class IssuerKeys:
    """``asked_again`` bounds how often strange key ids make us ask; ``renewed`` how long a withdrawn key is trusted."""

    def __init__(
        self,
        issuer: str,
        *,
        fetch: Fetch = fetch_json,
        asked_again: float = ASKED_AGAIN_SECONDS,
        renewed: float = RENEWED_SECONDS,
    ) -> None:
        self._issuer = issuer
        self._fetch = fetch
        self._asked_again = asked_again
        self._renewed = renewed
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._asked_at = self._fetched_at = float("-inf")
        self._asking: asyncio.Task[None] | None = None

    async def key(self, key_id: str) -> jwt.PyJWK | None:
        now = asyncio.get_running_loop().time()
        if now - self._fetched_at > self._renewed:
            self._ask(now)
        if key_id not in self._keys:
            self._ask(now)
            if self._asking is not None:
                await asyncio.shield(self._asking)
        return self._keys.get(key_id)

    def _ask(self, now: float) -> None:
        """One question at a time, and none too soon after the one before."""
        if self._asking is None and now - self._asked_at >= self._asked_again:
            self._asked_at = now
            self._asking = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        try:
            self._keys = await self._published()
            self._fetched_at = asyncio.get_running_loop().time()
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.warning("the issuer's keys cannot be had", error=type(error).__name__, known=len(self._keys))
        finally:
            self._asking = None

    async def _published(self) -> dict[str, jwt.PyJWK]:
        about = await self._fetch(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if about["issuer"] != self._issuer:
            raise ValueError("the issuer calls itself by another name")
        place = about["jwks_uri"]
        if self._issuer.startswith("https:") and not place.startswith("https:"):
            raise ValueError("the issuer's keys stand where anybody could change them")
        return dict(usable((await self._fetch(place))["keys"]))


def usable(keys: list[dict[str, Any]]) -> list[tuple[str, jwt.PyJWK]]:
    """Those that sign, by key id; what cannot be used is passed over."""
    found = []
    for each in keys:
        if each.get("kty") not in _KINDS or each.get("use", "sig") != "sig" or not isinstance(each.get("kid"), str):
            continue
        try:
            key = jwt.PyJWK.from_dict(each)
        except jwt.PyJWTError:
            continue
        short = isinstance(key.key, RSAPublicKey) and key.key.key_size < _SHORTEST_RSA
        if key.algorithm_name in _ALGORITHMS and not short:
            found.append((each["kid"], key))
    return found
