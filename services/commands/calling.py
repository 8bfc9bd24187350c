"""How commands call the running system's API: with a token given, or that of a sandbox's officer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import aiohttp
import typer

from services.commands.messages import Failure
from services.commands.options import settings_from
from services.wiring.addresses import url_of
from services.wiring.sandbox import full_code, officer_token, require_sandbox
from shared.auth.keys import KeyRing
from shared.auth.tokens import GATEWAY

Area = Annotated[str, typer.Option("--division", help="令牌的区划 · The token's area")]
Token = Annotated[str | None, typer.Option(envvar="TOKEN", help="令牌；沙箱可省 · A token; not in a sandbox")]
EVERYWHERE = "500229000000"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls and where: ``token`` before the sandbox's officer of ``role`` in ``division``."""

    role: str
    division: str
    token: str | None
    port: int | None
    data: Path | None


@dataclass(frozen=True, slots=True)
class Api:
    session: aiohttp.ClientSession
    url: str

    async def get(self, path: str, **query: Any) -> Json:
        return await self._answer(self.session.get(f"{self.url}/v1{path}", params=query))

    async def post(self, path: str, body: Json, key: UUID) -> Json:
        """Repeated with the same key, nothing is done twice."""
        headers = {"Idempotency-Key": str(key)}
        return await self._answer(self.session.post(f"{self.url}/v1{path}", json=body, headers=headers))

    async def _answer(self, asking: Any) -> Json:
        """Raises ``Failure`` with the problem's title and code."""
        try:
            async with asking as answer:
                found: Json = await answer.json(content_type=None)
        except aiohttp.ClientConnectionError:
            raise Failure(f"{self.url} 没有应答。", f"{self.url} does not answer.") from None
        if not answer.ok:
            raise Failure(f"{answer.status}：{found.get('title')}", f"{answer.status}: {found.get('code')}")
        return found


@asynccontextmanager
async def calling(caller: Caller) -> AsyncIterator[Api]:
    settings = settings_from(port=caller.port, data=caller.data)
    token = caller.token
    if token is None:
        require_sandbox(settings.data)
        lifetime = timedelta(seconds=settings.token_seconds)
        token = officer_token(KeyRing(settings.keys), caller.role, _place(caller.division), 1, lifetime)
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "zh"}
    async with aiohttp.ClientSession(headers=headers) as session:
        yield Api(session, url_of(GATEWAY, settings))


def _place(division: str) -> str:
    try:
        return full_code(division)
    except ValueError:
        raise Failure(f"{division} 不是行政区划代码。", f"{division} is no division code.") from None
