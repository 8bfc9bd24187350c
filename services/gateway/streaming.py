"""Passing on a stream of server-sent events that another process makes: whole messages, and a last word of its own."""

import asyncio
from contextlib import suppress

import aiohttp
from starlette.types import Receive, Send

from shared.http.eventstreams import END, LAST_WORD_SECONDS, Closing, closed, hung_up
from shared.peers.replicas import NO_ANSWER


async def pass_messages_on(
    answer: aiohttp.ClientResponse, receive: Receive, send: Send, leaving: asyncio.Event
) -> None:
    """Until either side hangs up, or the gateway is ``leaving``: where it is not the reader, the reader is told why."""
    passing = asyncio.create_task(_pass_on(answer, send))
    hanging_up, left = asyncio.create_task(hung_up(receive)), asyncio.create_task(leaving.wait())
    ends = (passing, hanging_up, left)
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        gone, stopping = hanging_up.done(), left.done()
    finally:
        for end in ends:
            end.cancel()
        await asyncio.gather(*ends, return_exceptions=True)
    if not gone:
        why = Closing.STOPPING if stopping else None if passing.result() else Closing.UNAVAILABLE
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORD_SECONDS):
                body = b"" if why is None else closed(why)
                await send({"type": "http.response.body", "body": body, "more_body": False})


async def _pass_on(answer: aiohttp.ClientResponse, send: Send) -> bool:
    """Whether the stream came to its end."""
    rest = b""
    try:
        async for chunk in answer.content.iter_any():
            whole, end, rest = (rest + chunk).rpartition(END)
            if end:
                await send({"type": "http.response.body", "body": whole + end, "more_body": True})
    except NO_ANSWER:
        return False
    return True
