"""What becomes of an event that failed: when it is tried again, and when it is given up."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.events.base import MalformedEvent


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Doubling waits, each shortened by up to a half at random; dead after ``attempts`` failures."""

    attempts: int = 8
    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(minutes=10)

    def wait_after(self, failures: int) -> timedelta | None:
        """None where it is to be given up."""
        if failures >= self.attempts:
            return None
        wait = min(self.longest, self.first * 2.0 ** min(failures - 1, 32))
        return wait * random.uniform(0.5, 1.0)  # noqa: S311  # no secret hangs on it


DEFAULT_POLICY = RetryPolicy()


@dataclass(frozen=True, slots=True)
class Failure:
    """``cause`` is the exception's class, never its text; without ``next_attempt_at`` the event is dead."""

    cause: str
    attempts: int
    first_failed_at: datetime
    failed_at: datetime
    next_attempt_at: datetime | None

    @property
    def state(self) -> str:
        return "dead" if self.final else "waiting"

    @property
    def final(self) -> bool:
        return self.next_attempt_at is None


def judge(
    error: Exception, policy: RetryPolicy, now: datetime, *, earlier: int = 0, first_failed_at: datetime | None = None
) -> Failure:
    """The failure that ``error`` makes of an event that failed ``earlier`` times. Malformed events die at once."""
    attempts = earlier + 1
    wait = None if isinstance(error, MalformedEvent) else policy.wait_after(attempts)
    cause = f"{type(error).__module__}.{type(error).__qualname__}"
    return Failure(cause, attempts, first_failed_at or now, now, now + wait if wait is not None else None)
