"""The outermost layer of every service, as one plain ASGI middleware: trace, limits, metrics, headers."""

import asyncio
import time
from contextlib import suppress
from math import inf

import structlog
from prometheus_client import Counter, Histogram
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.errors import problem_response, unexpected
from shared.http.eventstreams import ENDLESS
from shared.http.following import Following, RouteOf, route_of
from shared.http.patience import Patience, Phase, Watch
from shared.http.refusals import count_refusal
from shared.http.security import NOTHING, Header, has_policy, security_headers
from shared.problems import Problem
from shared.problems.common import BODY_TIMEOUT, TIMED_OUT, TOO_LARGE
from shared.settings import Settings
from shared.tracing import NO_SPANS, Tracer

log = structlog.get_logger()
_PROBED = frozenset({"/healthz", "/readyz", "/readyz/gateway", "/metrics"})
"""Asked every few seconds by whoever watches: their answers are not worth a line."""
_PATIENCE_BYTES = 256 * 1024 * 1024
_PATIENCE_SECONDS = 10
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

    __slots__ = ("_headers", "_patience", "_seconds", "_send", "finished", "started", "status")

    def __init__(self, send: Send, headers: list[Header], patience: Patience, seconds: float) -> None:
        self._send = send
        self._headers = headers
        self._patience = patience
        self._seconds = seconds
        self.status = 500
        self.started = False
        self.finished = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.started = message["status"], True
            said = message.get("headers", ())
            message["headers"] = [*said, *self._headers, *(() if has_policy(said) else (NOTHING,))]
        else:
            self.finished = message["type"] == "http.response.body" and not message.get("more_body", False)
        patience = self._patience
        patience.phase, patience.ends = Phase.SENDING, time.monotonic() + self._seconds
        await self._send(message)
        patience.ends = inf


class _Body:
    """Receives a body that is neither too large nor too slow; the time it takes is not the answer's."""

    __slots__ = ("_allowed", "_listens", "_patience", "_rate", "_receive", "_received", "complete", "limit")

    def __init__(
        self, receive: Receive, headers: dict[bytes, bytes], patience: Patience, limit: int, settings: Settings
    ) -> None:
        self._receive = receive
        self._listens = b"expect" in headers
        self._patience = patience
        self.limit = limit
        self._allowed = float(settings.body_seconds)
        self._rate = settings.body_bytes_per_second
        self._received = 0
        self.complete = False

    async def __call__(self) -> Message:
        if self.complete:
            return await self._receive()  # whether the caller has gone
        phase, began = self._patience.phase, time.monotonic()
        left = self._patience.ends - began
        self._patience.enter(Phase.READING, began + self._allowed)
        message = await self._receive()
        now, size = time.monotonic(), len(message.get("body", b""))
        self._allowed += size / self._rate - (now - began)
        self._received += size
        self.complete = not message.get("more_body", False)
        if self._received > self.limit:
            await self.refuse()
        self._patience.enter(phase, now + left)
        return message

    async def refuse(self) -> None:
        """Raises ``BodyTooLarge``, once the rest was taken."""
        self._patience.enter(Phase.READING)
        if not (self._listens or self.complete):
            await _take_the_rest(self._receive)
        raise BodyTooLarge


class Edge:
    """``answer_seconds``: how long the application may take before it answers, by the settings unless said."""

    def __init__(
        self,
        application: ASGIApp,
        *,
        service: str,
        settings: Settings,
        answer_seconds: float | None = None,
        tracer: Tracer = NO_SPANS,
        route_of: RouteOf = route_of,
    ) -> None:
        self._application = application
        self._service = service
        self._settings = settings
        self._answer_seconds = settings.answer_seconds if answer_seconds is None else answer_seconds
        self._security = security_headers(settings.hsts_seconds)
        self._tracer = tracer
        self._route_of = route_of
        self._tells = settings.log_level in {"debug", "info"}
        self._watch = Watch()
        self._meters: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        headers = dict(scope["headers"])
        with Following(self._tracer, self._service, scope, headers.get(b"traceparent"), self._route_of) as following:
            scope["jingzhun.trace_id"] = following.trace_id
            began = time.monotonic()
            patience = Patience(asyncio.current_task(), scope, began + self._answer_seconds)
            said = [*self._security, (b"x-trace-id", following.trace_id.encode())]
            answering = _Answering(send, said, patience, self._settings.send_seconds)
            self._watch.begin(patience)
            try:
                await self._limited(scope, receive, answering, headers, patience)
            finally:
                self._watch.finish(patience)
                following.answered(answering.status)
                self._count(scope, answering.status, time.monotonic() - began)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        key = scope["method"], route, status
        if key not in self._meters:  # labels are dear
            self._meters[key] = REQUESTS.labels(self._service, *key), SECONDS.labels(self._service, route)
        requests, took = self._meters[key]
        requests.inc()
        if ENDLESS not in scope:
            took.observe(seconds)
        if status >= 400:
            count_refusal(self._service, route, scope, status)
        if self._tells and route not in _PROBED:
            log.info("answered", status=status, milliseconds=round(seconds * 1000, 1))

    async def _limited(
        self,
        scope: Scope,
        receive: Receive,
        answering: _Answering,
        headers: dict[bytes, bytes],
        patience: Patience,
    ) -> None:
        try:
            if b"content-length" in headers or b"transfer-encoding" in headers:
                body = self._body(receive, headers, patience)
                if int(headers.get(b"content-length", b"0")) > body.limit:
                    await body.refuse()
                receive = body
            await self._application(scope, receive, answering)
        except (Exception, asyncio.CancelledError) as error:
            if patience.ended is not None:
                patience.forgive()
            elif isinstance(error, asyncio.CancelledError):
                raise
            await self._fail(scope, receive, answering, error, patience)

    def _body(self, receive: Receive, headers: dict[bytes, bytes], patience: Patience) -> _Body:
        json = headers.get(b"content-type", b"").startswith(b"application/json")
        limit = self._settings.max_body_bytes if json else self._settings.max_upload_bytes
        return _Body(receive, headers, patience, limit, self._settings)

    async def _fail(
        self, scope: Scope, receive: Receive, answering: _Answering, error: BaseException, patience: Patience
    ) -> None:
        """Told as a problem where nothing was answered yet; raised where an answer was left half said."""
        answer = await _answer_to(Request(scope), error, patience.ended)
        if not answering.started:
            await answer(scope, receive, answering)
        elif not answering.finished:
            raise BrokenOff(type(error).__name__) from None


async def _answer_to(request: Request, error: BaseException, ended: Phase | None) -> Response:
    if ended is not None:
        log.warning("took too long", phase=ended.value)
        if ended is Phase.READING:
            return problem_response(request, Problem(BODY_TIMEOUT, headers={"Connection": "close"}))
        return problem_response(request, Problem(TIMED_OUT, headers={"Retry-After": "5"}))
    if isinstance(error, BodyTooLarge):
        return problem_response(request, Problem(TOO_LARGE, headers=dict(error.headers or {})))
    return await unexpected(request, error)


async def _take_the_rest(receive: Receive) -> None:
    """Most callers listen only when they have sent all: a door shut before would be all they hear.

    Bounded in bytes and time. Who asks first (``Expect``) is answered without being told to go on.
    """
    taken, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while more and taken < _PATIENCE_BYTES:
                message = await receive()
                taken += len(message.get("body", b""))
                more = message["type"] == "http.request" and message.get("more_body", False)
