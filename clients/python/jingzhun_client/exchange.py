"""What both clients agree on: headers, patience with a busy system, and how an answer is read."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import msgspec

from jingzhun_client.requests import Page, Request

T = TypeVar("T")

Witness = Callable[[httpx.Response], None]
"""Hears every answer, the refusals of a busy system among them."""

PATIENCE = 10.0
"""Seconds for which a busy or silent system is asked again."""
LARGEST_PAGE = 1_000
_BUSY = frozenset({429, 503})
_PAUSE_SECONDS = 0.2
_PROBLEMS = frozenset({"application/problem+json", "application/json"})


class Refused(Exception):
    """The API refused: ``problem`` is its answer (RFC 9457; of a token RFC 6749), ``code`` what went wrong."""

    def __init__(self, request: Request[Any], status: int, problem: Mapping[str, Any]) -> None:
        self.request = request
        self.status = status
        self.problem = problem
        self.code = str(problem.get("code") or problem.get("error") or status)
        super().__init__(f"{request.name}: {status} {self.code}")


class NoAnswer(Exception):
    """The system was silent for as long as we had patience."""


@dataclass(slots=True)
class Patience:
    """Says how long to wait before the next try; None where there is none."""

    seconds: float
    _began: float = field(default_factory=time.monotonic)

    def after(self, answer: httpx.Response) -> float | None:
        busy = answer.status_code in _BUSY and self._left
        return float(answer.headers.get("retry-after", 1)) if busy else None

    def after_silence(self, error: httpx.TransportError) -> float:
        if not self._left:
            raise NoAnswer from error
        return _PAUSE_SECONDS

    @property
    def _left(self) -> bool:
        return time.monotonic() <= self._began + self.seconds


def headers_of(request: Request[Any], token: str | None, key: str | None) -> dict[str, str]:
    """An act gets a key, so that sending it again does nothing twice."""
    headers = dict(request.headers)
    if request.media_type is not None:
        headers["Content-Type"] = request.media_type
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if request.keyed:
        headers["Idempotency-Key"] = key or str(uuid4())
    return headers


def read(request: Request[T], answer: httpx.Response) -> T:
    """Raises ``Refused``."""
    if answer.is_success:
        return request.read(answer.content)
    told = answer.headers.get("content-type", "").split(";")[0] in _PROBLEMS
    raise Refused(request, answer.status_code, msgspec.json.decode(answer.content) if told else {})


def first_page(request: Request[Page[T]]) -> Request[Page[T]]:
    """As large as the API gives them, where the request says nothing else."""
    return request.asking(limit=LARGEST_PAGE) if request.cursor and "limit" not in request.query else request


def page_after(request: Request[Page[T]], page: Page[T]) -> Request[Page[T]] | None:
    """A list of what goes on for ever always has a ``next``: it ends for now with an empty page."""
    if request.cursor is None or not page.next or not page.items:
        return None
    return request.asking(**{request.cursor: page.next})
