"""How long who fails has to wait: nothing at first, then twice as long each time, and never for ever.

Three counts: of the pair of who is tried and from where, of the address, and of who is tried. A pair that succeeded of
late is known, and waits for its own failures only: no guesses from elsewhere lock a right client out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

FORGOTTEN = timedelta(hours=1)
"""Without another failure."""
KNOWN = timedelta(days=30)


class Count(StrEnum):
    PAIR = "pair"
    ADDRESS = "address"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Limit:
    """``free`` failures cost nothing; then waits begin at a second and double up to ``longest``."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        beyond = failures - self.free
        return min(self.longest, timedelta(seconds=2.0 ** min(beyond - 1, 32))) if beyond > 0 else timedelta(0)


LIMITS: Mapping[Count, Limit] = {
    Count.PAIR: Limit(10, timedelta(minutes=15)),
    Count.ADDRESS: Limit(50, timedelta(minutes=5)),
    Count.SUBJECT: Limit(100, timedelta(seconds=30)),
}


@dataclass(frozen=True, slots=True)
class Tally:
    failures: int
    tried_at: datetime
    waits_until: datetime
    known_until: datetime | None = None


Tallies = Mapping[Count, Tally]


def fresh(now: datetime) -> Tally:
    return Tally(0, now, now)


def wait_of(tallies: Tallies, now: datetime) -> timedelta:
    """How long to wait before the next try."""
    known_until = tallies[Count.PAIR].known_until
    counted = [Count.PAIR] if known_until is not None and now < known_until else list(Count)
    return max(timedelta(0), *(tallies[each].waits_until - now for each in counted))


def tried(tallies: Tallies, now: datetime) -> dict[Count, Tally]:
    """A try counts as a failure until it has succeeded, so that many at once are as slow as one after another."""
    return {count: _one_more(tally, LIMITS[count], now) for count, tally in tallies.items()}


def _one_more(tally: Tally, limit: Limit, now: datetime) -> Tally:
    failures = 1 if now - tally.tried_at > FORGOTTEN else tally.failures + 1
    return replace(tally, failures=failures, tried_at=now, waits_until=now + limit.wait(failures))


def succeeded(tallies: Tallies, now: datetime) -> dict[Count, Tally]:
    """The pair is known and begins anew; the other counts are what they would be without this try."""
    others = {
        count: replace(
            tally, failures=max(0, tally.failures - 1), waits_until=now + LIMITS[count].wait(tally.failures - 1)
        )
        for count, tally in tallies.items()
    }
    return others | {Count.PAIR: Tally(0, now, now, now + KNOWN)}
