"""What strangers do to a socket: heads without end, drop by drop, too many at once; each is told and shut out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
import pytest
from starlette.responses import PlainTextResponse

from services.commands.door import Door, bind
from services.commands.wire import HEAD_BYTES, HEADERS, URL_BYTES
from shared.settings import Settings

QUESTION = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


@asynccontextmanager
async def _door(**settings: float) -> AsyncIterator[tuple[str, int]]:
    with bind("127.0.0.1", 0) as place:
        async with Door(place, Settings(**settings)) as door:
            door.let_in(PlainTextResponse("inside"))
            yield place.getsockname()


async def _told(place: tuple[str, int], *parts: bytes, pause: float = 0.0) -> bytes:
    """All that the server says until it hangs up."""
    reader, writer = await asyncio.open_connection(*place)
    try:
        for part in parts:
            writer.write(part)
            await asyncio.sleep(pause)
        return await reader.read()
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"GET /" + b"a" * URL_BYTES + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414, "uri-too-long"),
        (b"GET /" + b"a" * (HEAD_BYTES + 1), 414, "uri-too-long"),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * (HEADERS + 1) + b"\r\n", 431, "headers-too-large"),
        (b"GET / HTTP/1.1\r\na: " + b"b" * HEAD_BYTES + b"\r\n\r\n", 431, "headers-too-large"),
        (b"GET / HTTP/1.1\r\na: " + b"b" * HEAD_BYTES, 431, "headers-too-large"),
        (b"rubbish\r\n\r\n", 400, "malformed-request"),
        (b"\x16\x03\x01\x02\x00\x01", 400, "malformed-request"),
        (b"FROBNICATE / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "method-unknown"),
        (b"get /v1/cases HTTP/1.1\r\nHost: a\r\n\r\n", 501, "method-unknown"),
        (b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "malformed-request"),
    ],
)
async def test_a_head_that_breaks_the_limits_is_answered_and_shut_out(sent: bytes, status: int, code: str) -> None:
    async with _door() as place:
        said = await _told(place, sent)
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    problem = orjson.loads(body)
    assert problem["code"] == code
    assert f"x-trace-id: {problem['trace_id']}\r\n".encode() in head
    for line in (b"x-content-type-options: nosniff", b"cache-control: no-store", b"connection: close"):
        assert line in head
    assert b"server:" not in head.lower()


async def test_a_long_head_within_the_limits_passes() -> None:
    head = (
        b"GET /"
        + b"a" * (URL_BYTES - 10)
        + b" HTTP/1.1\r\n"
        + b"a: b\r\n" * (HEADERS - 1)
        + b"Connection: close\r\n\r\n"
    )
    async with _door() as place:
        assert (await _told(place, head)).startswith(b"HTTP/1.1 200 ")


async def test_the_refusal_is_in_the_callers_language() -> None:
    english = b"GET / HTTP/1.1\r\nAccept-Language: en\r\n" + b"a: b\r\n" * HEADERS + b"\r\n"
    async with _door() as place:
        assert b"content-language: en" in await _told(place, english)
        assert b"content-language: zh" in await _told(place, english.replace(b": en", b": fr"))


async def test_a_head_drop_by_drop_is_cut_off() -> None:
    async with _door(head_seconds=0.2) as place:
        said = await _told(place, *(bytes([byte]) for byte in QUESTION), pause=0.02)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"head-timeout" in said


@pytest.mark.parametrize("sent", [(), (b"\r\n", b"\r\n")])
async def test_who_says_nothing_is_hung_up_on(sent: tuple[bytes, ...]) -> None:
    async with _door(head_seconds=1) as place:
        assert await _told(place, *sent, pause=0.01) == b""


async def test_who_goes_on_dribbling_after_its_answer_is_hung_up_on() -> None:
    """A body that nobody waits for any more."""
    async with _door(head_seconds=0.2) as place:
        reader, writer = await asyncio.open_connection(*place)
        writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
        assert (await reader.readuntil(b"inside")).startswith(b"HTTP/1.1 200 ")
        with pytest.raises(ConnectionError):
            await _dribble(writer)
        writer.close()


async def _dribble(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.01)


async def test_a_connection_is_used_again_and_again() -> None:
    async with _door(head_seconds=0.1) as place:
        reader, writer = await asyncio.open_connection(*place)
        for _ in range(4):
            writer.write(QUESTION)
            assert (await reader.readuntil(b"inside")).startswith(b"HTTP/1.1 200 ")
            await asyncio.sleep(0.05)
        writer.close()


async def test_one_too_many_is_told_to_come_again() -> None:
    async with _door(max_connections=10) as place:
        held = [await asyncio.open_connection(*place) for _ in range(10)]
        for _, writer in held:
            writer.write(QUESTION)
        for reader, _ in held:
            await reader.readuntil(b"inside")
        said = await _told(place, QUESTION)
        assert said.startswith(b"HTTP/1.1 503 ")
        assert b"too-many-connections" in said
        assert b"retry-after: 5" in said
        for _, writer in held:
            writer.close()
            await writer.wait_closed()
        assert (await _told(place, QUESTION.replace(b"Host: a", b"Connection: close"))).startswith(b"HTTP/1.1 200 ")


async def test_an_upgrade_is_answered_as_any_request() -> None:
    upgrade = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"
    async with _door() as place:
        assert (await _told(place, upgrade)).startswith(b"HTTP/1.1 200 ")
