"""How long a request may take, over real sockets: slow bodies, slow answers, callers who do not listen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from math import inf

import pytest
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from services.commands.door import Door, bind
from shared.http.app import build_application
from shared.http.edge import Edge
from shared.http.patience import waits
from shared.settings import Settings

HEAD = "HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"


class Office:
    """What its slow routes did: begun, broken off."""

    def __init__(self) -> None:
        self.router = APIRouter()
        self.broken_off = 0
        self.router.post("/read")(self.read)
        self.router.post("/ignored")(self.ignored)
        self.router.post("/slow")(self.slow)
        self.router.get("/waits")(self.waiting)
        self.router.get("/stream")(self.stream)

    async def read(self, request: Request) -> int:
        return len(await request.body())

    async def ignored(self) -> str:
        return "not read"

    async def slow(self, request: Request) -> None:
        await request.body()
        try:
            await asyncio.sleep(30)
        finally:
            self.broken_off += 1

    @waits(inf)
    async def waiting(self) -> str:
        await asyncio.sleep(1.2)
        return "waited"

    async def stream(self) -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield b"part "
                await asyncio.sleep(0.5)

        return StreamingResponse(parts())


@asynccontextmanager
async def _served(office: Office, **settings: float) -> AsyncIterator[tuple[str, int]]:
    chosen = Settings(**settings)
    with bind("127.0.0.1", 0) as place:
        async with Door(place, chosen) as door:
            door.let_in(build_application("test", "Test", [office.router], chosen))
            yield place.getsockname()


async def _ask(place: tuple[str, int], head: str, *parts: bytes, pause: float = 0.0) -> bytes:
    """Goes on sending until it is hung up on."""
    reader, writer = await asyncio.open_connection(*place)
    answer = asyncio.create_task(reader.read())
    try:
        writer.write(f"{head}\r\n".encode())
        for part in parts:
            await asyncio.sleep(pause)
            if answer.done():
                break
            writer.write(part)
        return await answer
    finally:
        writer.close()


async def test_a_body_drop_by_drop_is_cut_off() -> None:
    async with _served(Office(), body_seconds=0.3, body_bytes_per_second=100_000) as place:
        drops = [b"x"] * 60
        said = await _ask(place, f"POST /read {HEAD}Content-Length: 60\r\n", *drops, pause=0.05)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"body-timeout" in said
    assert b"x-trace-id" in said


async def test_a_long_body_that_flows_may_take_longer() -> None:
    """Each thousand bytes win it a second."""
    async with _served(Office(), body_seconds=0.3, body_bytes_per_second=1000) as place:
        parts = [bytes(1000)] * 6
        said = await _ask(place, f"POST /read {HEAD}Content-Length: 6000\r\n", *parts, pause=0.2)
    assert said.endswith(b"6000")


async def test_the_time_of_the_body_is_not_the_answers() -> None:
    async with _served(Office(), body_seconds=20, answer_seconds=0.5) as place:
        parts = [bytes(10)] * 6
        assert (await _ask(place, f"POST /read {HEAD}Content-Length: 60\r\n", *parts, pause=0.3)).endswith(b"60")


async def test_an_answer_that_takes_too_long_is_broken_off() -> None:
    office = Office()
    async with _served(office, answer_seconds=0.2) as place:
        said = await _ask(place, f"POST /slow {HEAD}Content-Length: 0\r\n")
    assert said.startswith(b"HTTP/1.1 503 ")
    assert b"answer-timeout" in said
    assert b"retry-after" in said
    assert office.broken_off == 1


@pytest.mark.parametrize(("path", "answer"), [("/waits", b'"waited"'), ("/stream", b"part ")])
async def test_long_polls_and_streams_are_exempt(path: str, answer: bytes) -> None:
    async with _served(Office(), answer_seconds=0.2) as place:
        said = await _ask(place, f"GET {path} {HEAD}")
    assert said.startswith(b"HTTP/1.1 200 ")
    assert answer in said


async def test_who_does_not_listen_is_hung_up_on() -> None:
    ended = asyncio.Event()

    async def flood(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        try:
            while True:
                await send({"type": "http.response.body", "body": bytes(1_000_000), "more_body": True})
        finally:
            ended.set()

    chosen = Settings(send_seconds=0.2)
    with bind("127.0.0.1", 0) as place:
        async with Door(place, chosen) as door:
            door.let_in(Edge(flood, service="test", settings=chosen))
            reader, writer = await asyncio.open_connection(*place.getsockname(), limit=1000)
            writer.write(f"GET / {HEAD}\r\n".encode())
            await asyncio.wait_for(ended.wait(), 20)
            with suppress(ConnectionError):
                await reader.read()
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
