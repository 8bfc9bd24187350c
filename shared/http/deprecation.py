"""How an operation is retired: announced in every answer and in the API's document, counted, then gone.

``Deprecation`` is RFC 9745's header, ``Sunset`` RFC 8594's. What callers are promised stands in docs/deprecation.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from typing import Any, TypeVar
from uuid import UUID

import structlog
from prometheus_client import Counter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.clock import system_now
from shared.http.errors import problem_response
from shared.http.refusals import kind_of, opaque_id
from shared.http.security import Header
from shared.problems import Problem
from shared.problems.common import GONE

log = structlog.get_logger()
NOTICE = timedelta(days=180)
"""The least time between announcing and retiring."""
PAGE = "/docs/deprecation"
CALLS = Counter(
    "jingzhun_http_deprecated_requests_total",
    "Requests of operations that are being retired",
    ["method", "route", "status", "caller"],
)
_CHINA = timezone(timedelta(hours=8))
_DECLARED = "deprecation"
_REMEMBERED = 10_000
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Deprecation:
    """``since`` and ``sunset`` begin at midnight in China; ``successor`` is the path that takes its place."""

    since: date
    sunset: date
    successor: str | None = None

    @property
    def ends(self) -> datetime:
        return _midnight(self.sunset)

    def headers(self) -> tuple[Header, ...]:
        links = [f'<{PAGE}>; rel="deprecation"; type="text/markdown"', f'<{PAGE}>; rel="sunset"; type="text/markdown"']
        if self.successor is not None:
            links.append(f'<{self.successor}>; rel="successor-version"')
        return (
            (b"deprecation", f"@{_midnight(self.since).timestamp():.0f}".encode()),
            (b"sunset", format_datetime(self.ends.astimezone(UTC), usegmt=True).encode()),
            (b"link", ", ".join(links).encode()),
        )


def deprecated(*, since: date, sunset: date, successor: str | None = None) -> Callable[[Endpoint], Endpoint]:
    """Retires an operation, in one line between ``@router.get(…)`` and its function.

    Raises ``ValueError`` where callers are given less than ``NOTICE``.
    """
    if sunset - since < NOTICE:
        raise ValueError(f"callers are told {NOTICE.days} days before")

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _DECLARED, Deprecation(since, sunset, successor))
        return endpoint

    return declare


def deprecation_of(endpoint: Callable[..., Any]) -> Deprecation | None:
    return getattr(endpoint, _DECLARED, None)


def described(deprecation: Deprecation) -> dict[str, Any]:
    """What the API's document says of it, beside ``deprecated: true``."""
    said = {"x-deprecated-since": f"{deprecation.since}", "x-sunset": f"{deprecation.sunset}"}
    return said | ({"x-successor": deprecation.successor} if deprecation.successor else {})


class Retiring:
    """An operation that is being retired, around its application. Refusals and errors bear the headers too."""

    def __init__(self, application: ASGIApp, deprecation: Deprecation, route: str) -> None:
        self._application = application
        self._deprecation = deprecation
        self._headers = deprecation.headers()
        self._route = route
        self._told: set[tuple[UUID, date]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 500

        async def saying(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        try:
            if system_now() < self._deprecation.ends:
                await self._application(scope, receive, saying)
            else:
                await problem_response(Request(scope), Problem(GONE))(scope, receive, saying)
        finally:
            self._count(scope, status)

    def _count(self, scope: Scope, status: int) -> None:
        """Who still calls is told once a day by an opaque id, for whoever is to write to them."""
        caller = scope.get("jingzhun.caller")
        CALLS.labels(scope["method"], self._route, status, kind_of(caller)).inc()
        if caller is None:
            return
        now = opaque_id(caller), system_now().date()
        if now not in self._told and len(self._told) < _REMEMBERED:
            self._told = {told for told in self._told if told[1] == now[1]} | {now}
            log.warning("deprecated operation called", method=scope["method"], route=self._route, principal=str(now[0]))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _CHINA)
