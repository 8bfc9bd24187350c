"""How long a request may take, phase by phase; whose time is up is cancelled, and so rolls back.

One timer for all requests of a process, which looks every half second: a timer for each would be dear.
"""

import asyncio
import time
from collections.abc import Callable
from enum import Enum
from math import inf
from typing import Any, TypeVar

from starlette.types import Scope

TICK_SECONDS = 0.5
_WAITS = "waits_seconds"
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def waits(seconds: float) -> Callable[[Endpoint], Endpoint]:
    """Declares of a route that its caller may ask it to wait (a long poll), or that it never ends (``inf``).

    ``@router.get(…)`` above ``@waits(30)``: so much longer than others it may take before it answers.
    """

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _WAITS, seconds)
        return endpoint

    return declare


def _declared(scope: Scope) -> float:
    seconds: float = getattr(scope.get("endpoint"), _WAITS, 0.0)
    return seconds


class Phase(Enum):
    READING = "reading"
    """The body is awaited."""
    WORKING = "working"
    """The answer is being made."""
    SENDING = "sending"
    """The answer is being sent, and the caller does not take it."""


class Patience:
    """With one request. ``ended`` says in which phase its time was up, once the task was cancelled for it."""

    __slots__ = ("_scope", "_task", "_waited", "ended", "ends", "phase")

    def __init__(self, task: "asyncio.Task[object] | None", scope: Scope, ends: float) -> None:
        self._task = task
        self._scope = scope
        self._waited = False
        self.ends = ends
        self.phase = Phase.WORKING
        self.ended: Phase | None = None

    def enter(self, phase: Phase, ends: float = inf) -> None:
        """From now on until the moment ``ends`` of the monotonic clock."""
        self.phase, self.ends = phase, ends

    def end_if_due(self, now: float) -> None:
        if self.phase is Phase.WORKING and self.ends <= now and not self._waited:
            self._waited = True
            self.ends += _declared(self._scope)
        if self.ends <= now and self.ended is None and self._task is not None:
            self.ended = self.phase
            self._task.cancel()

    def forgive(self) -> None:
        """The cancelled task goes on: it has an answer to give."""
        if self._task is not None:
            self._task.uncancel()


class Watch:
    """Over the requests under way."""

    def __init__(self) -> None:
        self._under_way: set[Patience] = set()
        self._looking = False

    def begin(self, patience: Patience) -> None:
        self._under_way.add(patience)
        if not self._looking:
            self._looking = True
            asyncio.get_running_loop().call_later(TICK_SECONDS, self._look)

    def finish(self, patience: Patience) -> None:
        self._under_way.discard(patience)

    def _look(self) -> None:
        now = time.monotonic()
        for patience in list(self._under_way):
            patience.end_if_due(now)
        self._looking = bool(self._under_way)
        if self._looking:
            asyncio.get_running_loop().call_later(TICK_SECONDS, self._look)
