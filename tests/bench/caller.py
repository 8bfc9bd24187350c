"""Officers who call the public API, some at once, each call on a connection that stays open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

import orjson

from shared.ids import new_id
from tests.bench.system import Served
from tests.bench.wire import Wire, WrongAnswer, request

Json = dict[str, Any]
Item = TypeVar("Item")
Made = TypeVar("Made")
JSON = "application/json"
_ASKED_AGAIN = 0.05


class Caller:
    """``calls`` counts the requests."""

    def __init__(self, served: Served, wires: list[Wire]) -> None:
        self._served = served
        self._idle: asyncio.LifoQueue[Wire] = asyncio.LifoQueue()
        self._bearers: dict[tuple[str, str], str] = {}
        self.calls = 0
        for wire in wires:
            self._idle.put_nowait(wire)

    @classmethod
    @asynccontextmanager
    async def opened(cls, served: Served, connections: int) -> AsyncIterator[Self]:
        wires = await asyncio.gather(*(Wire.opened("127.0.0.1", served.port) for _ in range(connections)))
        caller = cls(served, wires)
        try:
            yield caller
        finally:
            while not caller._idle.empty():
                caller._idle.get_nowait().close()

    async def get(self, role: str, division: str, path: str) -> Json:
        return await self._ask("GET", role, division, path, {}, b"")

    async def finished(self, role: str, division: str, path: str) -> Json:
        """What stands at the path, once its work behind the calls is over."""
        while (found := await self.get(role, division, path))["state"] in ("queued", "running"):  # noqa: ASYNC110
            await asyncio.sleep(_ASKED_AGAIN)  # a caller of the API has nothing else to wait for
        return found

    async def post(self, role: str, division: str, path: str, body: Json) -> Json:
        return await self.send(role, division, path, orjson.dumps(body), JSON)

    async def send(self, role: str, division: str, path: str, content: bytes, media_type: str) -> Json:
        headers = {"Content-Type": media_type, "Idempotency-Key": str(new_id())}
        return await self._ask("POST", role, division, path, headers, content)

    async def _ask(
        self, method: str, role: str, division: str, path: str, headers: dict[str, str], content: bytes
    ) -> Json:
        """The answer. Raises ``WrongAnswer`` where the act was refused."""
        told = headers | {"Authorization": f"Bearer {self._bearer(role, division)}"}
        wire = await self._idle.get()
        if wire.closed:
            wire = await Wire.opened("127.0.0.1", self._served.port)
        try:
            status, body = await wire.ask(request(method, f"/v1{path}", told, content))
        finally:
            self._idle.put_nowait(wire)
        self.calls += 1
        answer: Json = orjson.loads(body)
        if status >= 300:
            raise WrongAnswer(f"{method} {path}: {status} {answer.get('code')}")
        return answer

    def _bearer(self, role: str, division: str) -> str:
        if (role, division) not in self._bearers:
            self._bearers[role, division] = self._served.tokens.of(role, division)
        return self._bearers[role, division]

    async def each(self, items: Iterable[Item], act: Callable[[Item], Awaitable[Made]]) -> list[Made]:
        """As many at once as there are connections; the answers in the order of the items."""
        return list(await asyncio.gather(*(act(item) for item in items)))
