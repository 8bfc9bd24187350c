"""The two transports between services: plain ASGI within the process, aiohttp between processes."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from starlette.types import ASGIApp

from shared.peers.replicas import Replicas, open_session
from shared.problems import Problem
from shared.problems.common import UNAVAILABLE

_CHUNKS_AHEAD = 16


@dataclass
class AsgiAnswer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: "asyncio.Queue[bytes | None]" = field(default_factory=lambda: asyncio.Queue(_CHUNKS_AHEAD))
    broken: bool = False

    async def chunks(self) -> AsyncIterator[bytes]:
        while (chunk := await self.body.get()) is not None:
            yield chunk
        if self.broken:
            raise Problem(UNAVAILABLE, headers={"Retry-After": "1"})


class InProcess:
    """Dispatches to the applications of this process; bodies stream, a slow reader holds the writer back."""

    def __init__(self) -> None:
        self.applications: dict[str, ASGIApp] = {}

    @asynccontextmanager
    async def request(
        self, service: str, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> AsyncIterator[AsgiAnswer]:
        answer, started = AsgiAnswer(), asyncio.Event()
        task = asyncio.create_task(self._run(service, _scope(method, path, headers), body, answer, started))
        waiting = asyncio.create_task(started.wait())
        try:
            await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if not started.is_set():
                task.result()
                raise Problem(UNAVAILABLE)
            yield answer
        finally:
            waiting.cancel()
            if not task.done():
                task.cancel()
            await asyncio.gather(task, waiting, return_exceptions=True)

    async def _run(
        self, service: str, scope: dict[str, Any], body: bytes, answer: AsgiAnswer, started: asyncio.Event
    ) -> None:
        requests = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if not requests:
                await asyncio.Future()  # whoever hangs up cancels this task: no disconnect is ever told
            return requests.pop()

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {key.decode(): value.decode() for key, value in message["headers"]}
                started.set()
            elif message["type"] == "http.response.body":
                if message.get("body"):
                    await answer.body.put(message["body"])
                if not message.get("more_body"):
                    await answer.body.put(None)

        try:
            await self.applications[service](scope, receive, send)
        except Exception:
            answer.broken = True
            await answer.body.put(None)
            raise


def _scope(method: str, path: str, headers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(key.encode(), value.encode()) for key, value in headers.items()],
        "client": ("in-process", 0),
        "server": ("in-process", 0),
    }


@dataclass
class HttpAnswer:
    status: int
    headers: dict[str, str]
    response: aiohttp.ClientResponse

    async def chunks(self) -> AsyncIterator[bytes]:
        with _told():
            async for chunk in self.response.content.iter_any():
                yield chunk


class OverHttp:
    """Reaches services by their URLs. Questions change nothing, so that a second replica may be asked the same."""

    def __init__(self, urls: Mapping[str, Sequence[str]]) -> None:
        self._replicas = {service: Replicas(each) for service, each in urls.items()}
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def request(
        self, service: str, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> AsyncIterator[HttpAnswer]:
        session = self._session = self._session or open_session()

        async def send(url: str) -> aiohttp.ClientResponse:
            return await session.request(method, url + path, headers=headers, data=body)

        with _told():
            async with self._replicas[service].answer(send, repeatable=True) as response:
                yield HttpAnswer(response.status, dict(response.headers), response)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


@contextmanager
def _told() -> Iterator[None]:
    """Raises ``service-unavailable`` where there is no answer, or no end of it."""
    try:
        yield
    except aiohttp.ClientError:
        raise Problem(UNAVAILABLE, headers={"Retry-After": "1"}) from None
