"""Forwarding to a service in another process: both bodies stream, a service that is down is told at once."""

from collections.abc import AsyncIterator

import aiohttp
from multidict import CIMultiDict
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send
from yarl import URL

from shared.database.transaction import current_trace
from shared.http.errors import problem_response
from shared.problems import Problem
from shared.problems.common import UNAVAILABLE

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
_SET_BY_EDGE = frozenset({"cache-control", "date", "referrer-policy", "server", "x-content-type-options", "x-trace-id"})
_UNSAID = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=5, sock_connect=2)


class Proxy:
    """An ASGI application that stands for the service at ``url``."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        upload = _Upload(request)
        try:
            answer = await self._opened(request, upload)
        except (aiohttp.ClientError, TimeoutError):
            if isinstance(upload.failure, ClientDisconnect):
                return
            if upload.failure is not None:
                raise upload.failure from None
            problem = Problem(UNAVAILABLE, headers={"Retry-After": "1"})
            await problem_response(request, problem)(scope, receive, send)
            return
        async with answer:
            await _pass_on(answer, send)

    async def _opened(self, request: Request, upload: "_Upload") -> aiohttp.ClientResponse:
        return await self._client().request(
            request.method,
            self._target(request.scope),
            headers=_forwarded(request),
            data=upload.chunks() if _has_body(request) else None,
            allow_redirects=False,
            skip_auto_headers=_UNSAID,
        )

    def _target(self, scope: Scope) -> URL:
        """As the caller wrote it: nothing is decoded, nothing normalised."""
        query = scope["query_string"].decode("latin-1")
        path = scope["raw_path"].partition(b"?")[0].decode("latin-1")
        return URL(f"{self._url}{path}?{query}" if query else self._url + path, encoded=True)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                auto_decompress=False,
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=_TIMEOUT,
            )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def _has_body(request: Request) -> bool:
    return "transfer-encoding" in request.headers or request.headers.get("content-length", "0") != "0"


def _forwarded(request: Request) -> CIMultiDict[str]:
    headers = CIMultiDict((name, value) for name, value in request.headers.items() if name not in _HOP_BY_HOP)
    trace = current_trace.get()
    if trace is not None and trace.traceparent is not None:
        headers["traceparent"] = trace.traceparent
    return headers


class _Upload:
    """The caller's body. The client reports a failure in reading it as one of its own: the cause is kept here."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.failure: Exception | None = None

    async def chunks(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._request.stream():
                yield chunk
        except Exception as failure:
            self.failure = failure
            raise


async def _pass_on(answer: aiohttp.ClientResponse, send: Send) -> None:
    dropped = _HOP_BY_HOP | _SET_BY_EDGE
    headers = [(name, value) for name, value in answer.raw_headers if name.decode("latin-1").lower() not in dropped]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    async for chunk in answer.content.iter_any():
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
