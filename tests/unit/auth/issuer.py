"""A small OIDC issuer, run inside the test: discovery, keys that change, and a way to be away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
import orjson
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from shared.clock import system_now


@dataclass
class SmallIssuer:
    url: str = ""
    keys: dict[str, RSAPrivateKey] = field(default_factory=dict)
    asked: int = 0
    away: bool = False
    more: list[dict[str, Any]] = field(default_factory=list)
    """Keys published beside its own, as they are."""

    def new_key(self, key_id: str, bits: int = 2048) -> None:
        self.keys[key_id] = generate_private_key(65537, bits)

    def token(self, key_id: str, algorithm: str = "RS256", **changes: Any) -> str:
        now = int(system_now().timestamp())
        claims = {
            "iss": self.url,
            "sub": "wang",
            "aud": "jingzhun",
            "iat": now,
            "exp": now + 600,
            "role": "township_officer",
            "division": "500229001000",
        } | changes
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(said, self.keys[key_id], algorithm=algorithm, headers={"kid": key_id})

    async def discovery(self, _: web.Request) -> web.Response:
        self.asked += 1
        if self.away:
            return web.Response(status=503)
        return web.json_response({"issuer": self.url, "jwks_uri": f"{self.url}/keys"})

    async def published(self, _: web.Request) -> web.Response:
        named = [
            orjson.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": key_id, "use": "sig", "alg": "RS256"}
            for key_id, key in self.keys.items()
        ]
        return web.json_response({"keys": named + self.more})


@asynccontextmanager
async def small_issuer() -> AsyncIterator[SmallIssuer]:
    issuer, application = SmallIssuer(), web.Application()
    application.router.add_get("/.well-known/openid-configuration", issuer.discovery)
    application.router.add_get("/keys", issuer.published)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        issuer.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        issuer.new_key("first")
        yield issuer
    finally:
        await runner.cleanup()
