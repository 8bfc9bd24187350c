"""What a caller may do to a connection before there is a request: how long a head, how slow, how many at once.

The parser below knows no such limits. A head that breaks one is answered with a problem, and the door is shut.
"""

import asyncio
import os
import re
from dataclasses import dataclass
from typing import Any

import httptools
import orjson
from prometheus_client import Counter
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from shared.http.language import preferred
from shared.http.security import NOTHING, security_headers
from shared.problems import ProblemType
from shared.problems.common import (
    BAD_REQUEST,
    CROWDED,
    HEAD_TIMEOUT,
    HEADERS_TOO_LARGE,
    METHOD_UNKNOWN,
    URI_TOO_LONG,
)
from shared.settings import Settings

URL_BYTES = 8 * 1024
HEADERS = 100
HEAD_BYTES = 32 * 1024
_A_METHOD = re.compile(rb"[A-Za-z][A-Za-z_-]{0,31} /")
"""Not a method that is known, but what somebody would call one; all else is no HTTP."""

_CROWDED_SECONDS = 1.0
_LINGER_SECONDS = 1.0
"""Who is still sending when it is refused shall read why: a door slammed at once would lose it."""
REFUSED = Counter("jingzhun_http_heads_refused_total", "Connections shut before there was a request", ["code"])


@dataclass(frozen=True, slots=True)
class WireLimits:
    """``head_seconds`` from the first moment to the end of a request's head, ``send_seconds`` for the last answer."""

    connections: int
    head_seconds: float
    send_seconds: float
    hsts_seconds: int

    @classmethod
    def of(cls, settings: Settings) -> "WireLimits":
        return cls(settings.max_connections, settings.head_seconds, settings.keep_alive_seconds, settings.hsts_seconds)


class Guarded(HttpToolsProtocol):
    """uvicorn's protocol with those limits."""

    def __init__(self, *arguments: Any, limits: WireLimits, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.limits = limits
        self._timer: asyncio.TimerHandle | None = None
        self._heading = False
        self._head_bytes = 0
        self._name_bytes = 0
        self._crowded = False
        self._shut = False
        self._refusal: ProblemType | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._crowded = len(self.connections) > self.limits.connections
        self._expect(_CROWDED_SECONDS if self._crowded else self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._shut or self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
            self._weigh(len(data))
        except httptools.HttpParserUpgrade:
            pass  # nothing is spoken here but HTTP/1.1: the request is answered as it is
        except httptools.HttpParserInvalidMethodError:
            self._refuse(METHOD_UNKNOWN if _A_METHOD.match(data) else BAD_REQUEST)
            return
        except httptools.HttpParserError:
            self._refuse(self._refusal or BAD_REQUEST)
            return
        if self.cycle is None or self.cycle.response_complete:
            self._expect(self.limits.head_seconds)
        elif self._timer is not None:
            self._expect_nothing()

    def lingers(self) -> float:
        """Seconds for which an answered caller who has not ended its body is still heard before it is hung up on."""
        return _LINGER_SECONDS if self.cycle is not None and self.cycle.more_body else 0.0

    def _weigh(self, size: int) -> None:
        """A head that has not ended is no parser's business yet, however long it grows."""
        if self._heading:
            self._head_bytes += size
            if self._head_bytes > HEAD_BYTES:
                self._break_off(URI_TOO_LONG if not self.headers and len(self.url) > URL_BYTES else HEADERS_TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._heading, self._head_bytes, self._name_bytes = True, 0, 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > URL_BYTES:
            self._break_off(URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._name_bytes += len(name) + len(value)
        if len(self.headers) > HEADERS or self._name_bytes > HEAD_BYTES:
            self._break_off(HEADERS_TOO_LARGE)

    def on_headers_complete(self) -> None:
        self._heading = False
        if self._crowded:
            self._break_off(CROWDED)
        super().on_headers_complete()

    def _break_off(self, problem: ProblemType) -> None:
        """Ends the parsing; ``data_received`` answers."""
        self._refusal = problem
        raise httptools.HttpParserError(problem.code)

    def _expect(self, seconds: float) -> None:
        """The caller's next word that ends its head; what it dribbles meanwhile wins it no time."""
        if self._timer is None:
            self._timer = self.loop.call_later(seconds, self._waited)

    def _expect_nothing(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _waited(self) -> None:
        self._timer = None
        if self._shut or not self._heading:
            self.transport.close()
        else:
            self._refuse(HEAD_TIMEOUT)

    def _refuse(self, problem: ProblemType) -> None:
        """Where an answer to an earlier request is still under way, nothing can be said between."""
        self._shut = True
        self._expect_nothing()
        REFUSED.labels(problem.code).inc()
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.close()
            return
        self.transport.write(_answer(problem, self.headers or (), self.limits.hsts_seconds))
        self._expect(_LINGER_SECONDS)


def _answer(problem: ProblemType, headers: Any, hsts_seconds: int) -> bytes:
    accepted = b", ".join(value for name, value in headers if name == b"accept-language")
    language = preferred(accepted.decode("latin-1"))
    trace_id = os.urandom(16).hex()
    body = orjson.dumps(problem.rendered(language) | {"trace_id": trace_id})
    said = [
        (b"content-type", b"application/problem+json"),
        (b"content-language", language.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        (b"x-trace-id", trace_id.encode()),
        *([(b"retry-after", b"5")] if problem.status == 503 else []),
        *security_headers(hsts_seconds),
        NOTHING,
    ]
    return b"".join(
        [STATUS_LINE[problem.status], *(b"%s: %s\r\n" % header for header in said), b"\r\n", body],
    )
