"""Streams through the gateway to a service in another process: at once, whole messages, and ended on both sides."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Receive, Scope, Send

from services.gateway.proxy import Proxy
from shared.http.eventstreams import hung_up
from tests.fixtures.eventstreams import EventSource, at_a_port, event_source


class Service:
    """Sends what the test ``says``; None breaks off in the middle, an empty chunk is the end."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.ended = asyncio.Event()

    def says(self, *chunks: bytes | None) -> None:
        for chunk in chunks:
            self.said.put_nowait(chunk)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        speaking, leaving = asyncio.create_task(self._speak(send)), asyncio.create_task(hung_up(receive))
        await asyncio.wait({speaking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        speaking.cancel()
        leaving.cancel()
        self.ended.set()

    async def _speak(self, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        while (chunk := await self.said.get()) is not None:
            await send({"type": "http.response.body", "body": chunk, "more_body": bool(chunk)})


@asynccontextmanager
async def reading(service: Service) -> AsyncIterator[tuple[EventSource, Proxy]]:
    async with at_a_port(service) as url:
        proxy = Proxy("audit", [url])
        async with at_a_port(proxy) as entrance, event_source(f"{entrance}/v1/events/stream", {}) as source:
            yield source, proxy
        await proxy.close()


async def test_each_message_comes_at_once() -> None:
    service = Service()
    async with reading(service) as (source, _):
        assert source.answer.headers["x-accel-buffering"] == "no"
        for number in range(3):
            service.says(b"id: %d\ndata: " % number, b"%d\n\n" % number)
            [message] = await source.take(1)
            assert (message.id, message.data) == (str(number), str(number))
        service.says(b"event: closed\ndata: {}\n\n", b"")
        assert [message.event async for message in source.messages()] == ["closed"]


async def test_whoever_hangs_up_ends_it_in_the_service_too() -> None:
    service = Service()
    async with reading(service) as (source, _):
        service.says(b"data: 1\n\n")
        await source.take(1)
        source.answer.close()
        await asyncio.wait_for(service.ended.wait(), 60)


async def test_a_gateway_that_stops_says_so_after_a_whole_message() -> None:
    service = Service()
    async with reading(service) as (source, proxy):
        service.says(b"data: 1\n\nid: 2\nda")
        await source.take(1)
        proxy.leave()
        messages = [message async for message in source.messages()]
        assert [(message.event, message.json["code"]) for message in messages] == [("closed", "stopping")]
        await asyncio.wait_for(service.ended.wait(), 60)


async def test_a_service_that_dies_leaves_no_half_message() -> None:
    service = Service()
    async with reading(service) as (source, _):
        service.says(b"data: 1\n\nid: 2\nda", None)
        messages = [message async for message in source.messages()]
    assert messages[0].data == "1"
    assert [message.json["code"] for message in messages[1:]] == ["unavailable"]
    assert source.last_id == ""
