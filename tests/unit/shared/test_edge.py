"""The outermost layer: what it tells of a failure, and what becomes of a body that is too large."""

from collections.abc import Sequence
from typing import Any

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.edge import BrokenOff, Edge
from shared.settings import Settings

SECRET = "500229198001010015"
BLOCK = bytes(1000)


async def _answer(application: ASGIApp, sent: Sequence[Message] = (), headers: Any = ()) -> tuple[list[Any], int]:
    """(what was answered, how many of the sent messages were taken)"""
    waiting, answered = list(sent), []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        answered.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": list(headers)}
    settings = Settings(max_body_bytes=2500, max_upload_bytes=2500)
    await Edge(application, service="test", settings=settings)(scope, receive, send)
    return answered, len(sent) - len(waiting)


async def _started(send: Send) -> None:
    await send({"type": "http.response.start", "status": 500, "headers": []})


async def test_a_failure_that_was_answered_goes_no_further() -> None:
    """The server would write its text to the log."""

    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        await _started(send)
        await send({"type": "http.response.body", "body": b"{}"})
        raise ValueError(SECRET)

    answered, _ = await _answer(failing)
    assert answered[0]["status"] == 500


async def test_a_failure_that_was_not_answered_is_a_problem() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError(SECRET)

    answered, _ = await _answer(failing)
    assert answered[0]["status"] == 500
    assert b"internal-error" in answered[1]["body"]
    assert SECRET.encode() not in answered[1]["body"]


async def test_an_answer_broken_off_says_which_error_and_not_its_text() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        await _started(send)
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ValueError(SECRET)

    with pytest.raises(BrokenOff, match=r"^ValueError$") as raised:
        await _answer(failing)
    assert raised.value.__suppress_context__


async def _reading(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass


def _body(blocks: int) -> list[Message]:
    return [{"type": "http.request", "body": BLOCK, "more_body": place < blocks - 1} for place in range(blocks)]


@pytest.mark.parametrize("headers", [[(b"transfer-encoding", b"chunked")], [(b"content-length", b"9000")]])
async def test_who_sends_too_much_is_heard_out_and_told(headers: Any) -> None:
    answered, taken = await _answer(_reading, _body(9), headers)
    assert (answered[0]["status"], taken) == (413, 9)


async def test_who_asks_before_sending_too_much_is_told_at_once() -> None:
    headers = [(b"content-length", b"9000"), (b"expect", b"100-continue")]
    answered, taken = await _answer(_reading, _body(9), headers)
    assert (answered[0]["status"], taken) == (413, 0)
