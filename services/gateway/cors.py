"""Which web pages may call the API (the Fetch standard's CORS): those of the origins that the settings name.

Starlette's middleware is not used: it tells a foreign preflight what would be allowed, answers it in plain text,
names the exposed headers to everybody, and leaves ``Vary`` out where no origin was sent.
"""

from collections.abc import Iterable, Mapping

from starlette.responses import Response

from services.gateway.problems import ORIGIN_NOT_ALLOWED
from shared.http.security import Header
from shared.problems import Problem

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
ALLOWED = (
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "Last-Event-ID",
    "Range",
    "traceparent",
)
EXPOSED = (
    "Accept-Ranges",
    "Content-Disposition",
    "Content-Range",
    "Deprecation",
    "ETag",
    "Idempotency-Replayed",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Sunset",
    "WWW-Authenticate",
    "X-Trace-Id",
)
_REMEMBERED_SECONDS = 7200
"""How long a browser may remember a preflight's answer: as long as any of them does."""
_VARIES = (b"vary", b"Origin")


class Cors:
    """Exact origins, no wildcard; no credentials: a browser sends no cookie, the page sets its own token."""

    def __init__(self, origins: Iterable[str]) -> None:
        exposed = (b"access-control-expose-headers", ", ".join(EXPOSED).encode())
        self._known = {
            origin.encode(): ((b"access-control-allow-origin", origin.encode()), exposed, _VARIES) for origin in origins
        }
        self._foreign: tuple[Header, ...] = (_VARIES,) if self._known else ()

    def headers(self, origin: bytes | None) -> tuple[Header, ...]:
        """Of an answer. Who asks from elsewhere is answered all the same: its browser keeps the answer from it."""
        return self._known.get(origin, self._foreign) if origin is not None else self._foreign

    def preflight(self, headers: Mapping[bytes, bytes]) -> Response | Problem:
        origin = headers[b"origin"]
        if origin not in self._known:
            return Problem(ORIGIN_NOT_ALLOWED, headers={"Vary": "Accept-Language, Origin"})
        return Response(
            status_code=204,
            headers={
                "Access-Control-Allow-Origin": origin.decode("latin-1"),
                "Access-Control-Allow-Methods": ", ".join(METHODS),
                "Access-Control-Allow-Headers": ", ".join(ALLOWED),
                "Access-Control-Max-Age": str(_REMEMBERED_SECONDS),
                "Vary": "Origin",
            },
        )


def is_preflight(method: str, headers: Mapping[bytes, bytes]) -> bool:
    return method == "OPTIONS" and b"origin" in headers and b"access-control-request-method" in headers
