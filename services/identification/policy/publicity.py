"""How long a publicity lasts: days by step, and the calendar they are counted in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from services.identification.policy import kinds
from services.identification.policy.kinds import Unreadable
from shared.problems import FieldError

Calendar = Literal["natural", "working"]

STEPS = ("group_appraisal", "village_appraisal", "group_nomination", "village_exit")
DEFAULT_DAYS = 7
_DAYS = kinds.integer(1, 60)
_SATURDAY = 5


@dataclass(frozen=True)
class PublicityDays:
    """Days by step id; holidays and worked weekends matter only where working days are counted."""

    days: Mapping[str, int] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(STEPS, DEFAULT_DAYS)))
    calendar: Calendar = "natural"
    holidays: frozenset[date] = frozenset()
    worked_weekends: frozenset[date] = frozenset()

    def last_day(self, step: str, posted_on: date) -> date:
        """The day at whose end (24:00 in China) a publicity posted on ``posted_on`` ends."""
        remaining = self.days[step]
        if self.calendar == "natural":
            return posted_on + timedelta(days=remaining)
        day = posted_on
        while remaining:
            day += timedelta(days=1)
            remaining -= self._is_working_day(day)
        return day

    def rendered(self) -> dict[str, object]:
        """As JSON, in the form that ``read_publicity_days`` takes."""
        return {
            **self.days,
            "calendar": self.calendar,
            "holidays": sorted(day.isoformat() for day in self.holidays),
            "worked_weekends": sorted(day.isoformat() for day in self.worked_weekends),
        }

    def _is_working_day(self, day: date) -> bool:
        if day.weekday() >= _SATURDAY:
            return day in self.worked_weekends
        return day not in self.holidays


def _days_off(raw: object) -> frozenset[date]:
    if not isinstance(raw, list) or len(raw) > 120:
        raise Unreadable("dates-expected")
    return frozenset(kinds.calendar_date(day) for day in raw)


def read_publicity_days(raw: object, pointer: str, base: PublicityDays) -> tuple[PublicityDays, list[FieldError]]:
    """Read ``7`` (every step) or ``{"group_appraisal": 5, "calendar": "working", "holidays": […]}``.

    What is left out stays as in ``base``.
    """
    if not isinstance(raw, dict):
        raw = dict.fromkeys(STEPS, raw)
    values: dict[str, object] = {}
    errors: list[FieldError] = []
    readers: dict[str, kinds.AnyReader] = {
        **dict.fromkeys(STEPS, _DAYS),
        "calendar": kinds.choice(("natural", "working")),
        "holidays": _days_off,
        "worked_weekends": _days_off,
    }
    for name, value in raw.items():
        if name not in readers:
            errors.append(kinds.field_error(kinds.pointer_to(pointer, name), "name-unknown"))
            continue
        try:
            values[name] = readers[name](value)
        except Unreadable as unreadable:
            errors.append(kinds.field_error(f"{pointer}/{name}", unreadable.code))
    days = MappingProxyType({step: values.pop(step, base.days[step]) for step in STEPS})
    return PublicityDays(**{**vars(base), **values, "days": days}), errors
