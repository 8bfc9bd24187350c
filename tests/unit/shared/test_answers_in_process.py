"""Answers of services in the same process: streamed to their end, or broken off loudly."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from shared.peers.client import Peers
from shared.peers.transport import InProcess
from shared.problems import Problem


def peers(lines: int, *, breaks: bool = False) -> Peers:
    application, transport = FastAPI(), InProcess()

    @application.post("/internal/lines")
    async def answer() -> StreamingResponse:
        async def told() -> AsyncIterator[bytes]:
            for line in range(lines):
                yield b"%d\n" % line
            if breaks:
                raise RuntimeError

        return StreamingResponse(told())

    transport.applications["other"] = application
    return Peers(transport, lambda _: "", frozenset({"other"}))


@pytest.mark.parametrize("lines", [0, 1, 15, 16, 17, 1_000])
async def test_every_line_arrives(lines: int) -> None:
    received = [int(line) async for line in peers(lines).stream("other", "lines", {})]
    assert received == list(range(lines))


@pytest.mark.parametrize("lines", [1, 100])
async def test_half_an_answer_is_none(lines: int) -> None:
    with pytest.raises(Problem, match="service-unavailable"):
        _ = [line async for line in peers(lines, breaks=True).stream("other", "lines", {})]


async def test_a_reader_who_leaves_holds_nobody() -> None:
    async for _ in peers(1_000).stream("other", "lines", {}):
        break
