"""Forwarding to a service in other processes: bodies stream both ways, a service that is down is told at once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager

import aiohttp
from multidict import CIMultiDict
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send
from yarl import URL

from services.gateway.streaming import pass_messages_on
from shared.http.errors import problem_response
from shared.http.eventstreams import ENDLESS, MEDIA_TYPE
from shared.http.security import SAID_ANEW
from shared.peers.asking import asking
from shared.peers.replicas import NO_ANSWER, Replicas, open_session
from shared.problems import Problem
from shared.problems.common import UNAVAILABLE
from shared.tracing import NO_SPANS, Tracer

_HOP_BY_HOP = frozenset(
    {
        "connection",
        "expect",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_SET_BY_EDGE = SAID_ANEW | {b"date", b"server", b"x-trace-id"}
_DROPPED = _SET_BY_EDGE | {name.encode() for name in _HOP_BY_HOP}
_UNSAID = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_KEPT_BYTES = 64 * 1024
"""A command whose body is no larger is kept until it is answered, to be sent again."""


class Upload:
    """The caller's body. The client reports a failure in reading it as one of its own: the cause is kept here."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.failure: Exception | None = None

    async def whole(self) -> bytes:
        return b"".join([chunk async for chunk in self.chunks()])

    async def chunks(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._request.stream():
                yield chunk
        except Exception as failure:
            self.failure = failure
            raise


class Proxy:
    """An ASGI application that stands for a service, whichever of its replicas answers."""

    def __init__(self, service: str, urls: Sequence[str], tracer: Tracer = NO_SPANS) -> None:
        self._service = service
        self._replicas = Replicas(urls)
        self._tracer = tracer
        self._session: aiohttp.ClientSession | None = None
        self._leaving = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        upload, started = Upload(request), False
        try:
            kept = await upload.whole() if _is_short(request) else None
            with asking(self._tracer, self._service, request.method) as (span, traceparent):
                async with self._answer(request, upload, kept, traceparent) as answer:
                    started = True
                    span.tell({"http.response.status_code": answer.status})
                    await self._pass_on(answer, scope, receive, send)
        except (*NO_ANSWER, ClientDisconnect) as error:
            if isinstance(upload.failure or error, ClientDisconnect):
                return
            if upload.failure is not None:
                raise upload.failure from None
            if started:
                raise
            problem = Problem(UNAVAILABLE, headers={"Retry-After": "1"})
            await problem_response(request, problem)(scope, receive, send)

    def _answer(
        self, request: Request, upload: Upload, kept: bytes | None, traceparent: str | None
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        session = self._session = self._session or open_session()
        target, headers = _target(request.scope), _forwarded(request, traceparent)

        async def send(url: str) -> aiohttp.ClientResponse:
            return await session.request(
                request.method,
                URL(url + target, encoded=True),
                headers=headers,
                data=upload.chunks() if kept is None else kept or None,
                allow_redirects=False,
                skip_auto_headers=_UNSAID,
            )

        return self._replicas.answer(send, repeatable=kept is not None and _is_repeatable(request))

    async def _pass_on(self, answer: aiohttp.ClientResponse, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in answer.raw_headers if name.lower() not in _DROPPED]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if answer.content_type == MEDIA_TYPE:
            scope[ENDLESS] = True
            await pass_messages_on(answer, receive, send, self._leaving)
        else:
            await _pass_body_on(answer, send)

    def leave(self) -> None:
        """What is endless ends now; all else is finished."""
        self._leaving.set()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def _target(scope: Scope) -> str:
    """As the caller wrote it: nothing is decoded, nothing normalised."""
    query = scope["query_string"].decode("latin-1")
    path: str = scope["raw_path"].partition(b"?")[0].decode("latin-1")
    return f"{path}?{query}" if query else path


def _is_short(request: Request) -> bool:
    return "transfer-encoding" not in request.headers and int(request.headers.get("content-length", 0)) <= _KEPT_BYTES


def _is_repeatable(request: Request) -> bool:
    """A command with a key is done once, however often it arrives."""
    return request.method in _SAFE or (request.method == "POST" and "idempotency-key" in request.headers)


def _forwarded(request: Request, traceparent: str | None) -> CIMultiDict[str]:
    headers = CIMultiDict((name, value) for name, value in request.headers.items() if name not in _HOP_BY_HOP)
    if traceparent is not None:
        headers["traceparent"] = traceparent
    return headers


async def _pass_body_on(answer: aiohttp.ClientResponse, send: Send) -> None:
    async for chunk in answer.content.iter_any():
        more = not answer.content.at_eof()
        await send({"type": "http.response.body", "body": chunk, "more_body": more})
        if not more:
            return
    await send({"type": "http.response.body", "body": b"", "more_body": False})
