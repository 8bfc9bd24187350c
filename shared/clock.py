"""Two clocks: the policy's, which a sandbox may move forward, and the system's, which nobody moves.

Publicities, duties and deadlines run on the policy clock; tokens, leases, backoff and retention on the system's.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
FURTHEST = timedelta(days=10 * 366)
"""How far a sandbox's clock may be ahead."""


def system_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class PolicyClock:
    """The moment by which the policy is applied: the system's plus the sandbox's offset.

    The offset is kept as a row in every service's database; this object mirrors it.
    """

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        return system_now() + self.offset


def local_date(moment: datetime) -> date:
    """The calendar day in China on which the moment falls."""
    return moment.astimezone(CHINA).date()


def end_of_day(day: date) -> datetime:
    """24:00 Asia/Shanghai of the day."""
    return datetime.combine(day + timedelta(days=1), time(0), CHINA).astimezone(UTC)
