"""The outermost layer of every service, as one plain ASGI middleware: trace, size limit, metrics, headers."""

import asyncio
import os
import re
import time
from contextlib import suppress

from prometheus_client import Counter, Histogram
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.database.transaction import Trace, current_trace
from shared.http.errors import problem_response, unexpected
from shared.problems import Problem
from shared.problems.common import TOO_LARGE

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_PATIENCE_BYTES = 256 * 1024 * 1024
_PATIENCE_SECONDS = 10
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
)
REQUESTS = Counter("jingzhun_http_requests_total", "Requests answered", ["service", "method", "route", "status"])
SECONDS = Histogram("jingzhun_http_request_seconds", "Seconds until the answer was sent", ["service", "route"])


class BodyTooLarge(HTTPException):
    """Of the kind that FastAPI lets through wherever a body is read: every other failure there is a bad request."""

    def __init__(self) -> None:
        super().__init__(413, headers={"Connection": "close"})


class BrokenOff(Exception):
    """An answer ended before its end. Says which error, never its text: that could quote what was sent."""


class _Answering:
    """Sends on what every answer is to say, and knows how far it has come."""

    __slots__ = ("_send", "_trace_id", "finished", "started", "status")

    def __init__(self, send: Send, trace_id: str) -> None:
        self._send = send
        self._trace_id = trace_id.encode()
        self.status = 500
        self.started = False
        self.finished = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.started = message["status"], True
            message["headers"] = [*message.get("headers", ()), *_SECURITY, (b"x-trace-id", self._trace_id)]
        else:
            self.finished = message["type"] == "http.response.body" and not message.get("more_body", False)
        await self._send(message)


class Edge:
    def __init__(self, application: ASGIApp, *, service: str, max_body_bytes: int, max_upload_bytes: int) -> None:
        self._application = application
        self._service = service
        self._max_body_bytes = max_body_bytes
        self._max_upload_bytes = max_upload_bytes
        self._meters: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        headers = dict(scope["headers"])
        trace_id, traceparent = _trace(headers.get(b"traceparent"))
        scope["jingzhun.trace_id"] = trace_id
        token = current_trace.set(Trace(correlation_id=trace_id, traceparent=traceparent))
        began, answering = time.perf_counter(), _Answering(send, trace_id)
        try:
            await self._limited(scope, receive, answering, headers)
        finally:
            current_trace.reset(token)
            route = getattr(scope.get("route"), "path", "unmatched")
            requests, seconds = self._meter(scope["method"], route, answering.status)
            requests.inc()
            seconds.observe(time.perf_counter() - began)

    def _meter(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        """Found once: labels are dear."""
        key = method, route, status
        if key not in self._meters:
            requests = REQUESTS.labels(self._service, method, route, status)
            self._meters[key] = requests, SECONDS.labels(self._service, route)
        return self._meters[key]

    async def _limited(
        self, scope: Scope, receive: Receive, answering: _Answering, headers: dict[bytes, bytes]
    ) -> None:
        json = headers.get(b"content-type", b"").startswith(b"application/json")
        limit = self._max_body_bytes if json else self._max_upload_bytes
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                await _take_the_rest(receive, headers)
                raise BodyTooLarge
            return message

        try:
            if int(headers.get(b"content-length", b"0")) > limit:
                await _take_the_rest(receive, headers)
                raise BodyTooLarge
            await self._application(scope, counted, answering)
        except Exception as error:
            if isinstance(error, BodyTooLarge):
                answer = problem_response(Request(scope), Problem(TOO_LARGE, headers=dict(error.headers or {})))
            else:
                answer = await unexpected(Request(scope), error)
            if not answering.started:
                await answer(scope, receive, answering)
            elif not answering.finished:
                raise BrokenOff(type(error).__name__) from None


async def _take_the_rest(receive: Receive, headers: dict[bytes, bytes]) -> None:
    """Most callers listen only when they have sent all: a door shut before would be all they hear.

    Bounded in bytes and time; who asks first (``Expect``) is answered without being told to go on.
    """
    taken, more = 0, b"expect" not in headers
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while more and taken < _PATIENCE_BYTES:
                message = await receive()
                taken += len(message.get("body", b""))
                more = message["type"] == "http.request" and message.get("more_body", False)


def _trace(traceparent: bytes | None) -> tuple[str, str]:
    """(trace id, traceparent) of W3C Trace Context: the caller's where it is well formed, else a new one."""
    found = _TRACEPARENT.fullmatch(traceparent.decode("latin-1")) if traceparent else None
    drawn = os.urandom(24).hex()
    trace_id = found.group(1) if found else drawn[16:]
    return trace_id, f"00-{trace_id}-{drawn[:16]}-01"
