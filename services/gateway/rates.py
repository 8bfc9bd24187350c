"""How often a caller may ask: quotas a minute, by what a request costs. Pure.

GCRA, the generic cell rate algorithm: a bucket that holds a minute's quota and fills evenly. For each caller one
number is kept: the moment at which its bucket is full again. Headers as draft-ietf-httpapi-ratelimit-headers-11 has
them; ``r`` is what may be asked at once, and after ``t`` seconds there is more.
"""

from enum import StrEnum
from typing import NamedTuple

from shared.http.security import Header

WINDOW_SECONDS = 60
SECOND = 1_000_000_000
_CALLERS = 10_000


class Cost(StrEnum):
    """The name of the policy in ``RateLimit``."""

    READS = "reads"
    COMMANDS = "commands"
    SEARCHES = "searches"
    BULK = "bulk"
    ANONYMOUS = "anonymous"
    """Whoever shows no valid token, whatever is asked."""

    __hash__ = str.__hash__  # an enumeration's own is slow, and asked with every request


_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_BULK_RESOURCES = ("-imports", "-exports", "-datasets")
_BULK = frozenset({"evaluations", "simulations", "comparisons", "evidence"})


def cost_of(method: str, path: str) -> Cost:
    if method in _READING:
        return Cost.READS
    last = path[path.rfind("/") + 1 :]
    if last == "searches":
        return Cost.SEARCHES
    return Cost.BULK if last in _BULK or last.endswith(_BULK_RESOURCES) else Cost.COMMANDS


class Taken(NamedTuple):
    """What became of one request: 0 seconds to wait where it may pass, and what the answer says of it."""

    wait_seconds: int
    headers: tuple[Header, ...]


class Buckets:
    """Of every caller, for one cost. The callers not seen for longest are forgotten: their buckets were full.

    Moments and times in nanoseconds: whole numbers, so that who waits as long as told has waited long enough.
    """

    def __init__(self, cost: Cost, quota: int, callers: int = _CALLERS) -> None:
        self._every = WINDOW_SECONDS * SECOND // quota
        self._full_at: dict[str, int] = {}
        self._callers = callers
        self._policy = (b"ratelimit-policy", f'"{cost}";q={quota};w={WINDOW_SECONDS}'.encode())
        self._passed = f'"{cost}";r=%d;t={_seconds(self._every)}'.encode()
        self._refused = f'"{cost}";r=0;t=%d'.encode()

    def take(self, caller: str, now: int) -> Taken:
        """One request of ``caller`` at the moment ``now``. What is refused costs nothing."""
        full_at = max(self._full_at.pop(caller, now), now)
        left = WINDOW_SECONDS * SECOND - (full_at - now)
        if left < self._every:
            self._keep(caller, full_at)
            wait = _seconds(self._every - left)
            return Taken(wait, (self._policy, (b"ratelimit", self._refused % wait)))
        self._keep(caller, full_at + self._every)
        return Taken(0, (self._policy, (b"ratelimit", self._passed % (left // self._every - 1))))

    def _keep(self, caller: str, full_at: int) -> None:
        """At the end of the dictionary, which so stays in the order of use."""
        self._full_at[caller] = full_at
        if len(self._full_at) > self._callers:
            del self._full_at[next(iter(self._full_at))]

    def __len__(self) -> int:
        return len(self._full_at)


def _seconds(nanoseconds: int) -> int:
    """Rounded up."""
    return -(-nanoseconds // SECOND)


class Rates:
    """A quota of 0 is none: nothing is counted, and no header speaks of it."""

    def __init__(self, quotas: dict[Cost, int]) -> None:
        self._buckets = {cost: Buckets(cost, quota) for cost, quota in quotas.items() if quota}

    def take(self, cost: Cost, caller: str, now: int) -> Taken:
        buckets = self._buckets.get(cost)
        return buckets.take(caller, now) if buckets is not None else Taken(0, ())
