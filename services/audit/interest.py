"""What one reader may see and asks for: as conditions of a statement, and of an event in memory. Both say the same."""

from dataclasses import dataclass
from typing import Any, Protocol, Self

from services.audit.conditions import UNPLACED, Conditions
from services.audit.domain import wanted
from shared.areas import prefix
from shared.auth import Principal


class Row(Protocol):
    """Of the archive; a record or a mapping."""

    def __getitem__(self, column: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Filter:
    """``type`` is a full type or a short name; the others are exact; ``division`` covers what lies in it."""

    type: str | None = None
    subject: str | None = None
    division: str | None = None
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """Readers of equal interest see the same. ``unplaced``: also what belongs to no division."""

    area: str
    unplaced: bool
    exact: tuple[tuple[str, str], ...]
    """Columns of the archive, and what stands in them."""

    @classmethod
    def of(cls, principal: Principal, asked: Filter) -> Self:
        exact = {"subject": asked.subject, "correlation_id": asked.correlation}
        if asked.type is not None:
            exact["name"], exact["type"] = wanted(asked.type)
        return cls(
            area=asked.division or principal.division,
            unplaced=asked.division is None and principal.role in UNPLACED,
            exact=tuple((column, value) for column, value in exact.items() if value is not None),
        )

    def constrain(self, conditions: Conditions) -> None:
        conditions.within(self.area, unplaced=self.unplaced)
        for column, value in self.exact:
            conditions.add(f"{column} = {{}}", value)

    def covers(self, event: Row) -> bool:
        division = event["division"]
        inside = self.unplaced if division is None else division.startswith(prefix(self.area))
        return inside and all(event[column] == value for column, value in self.exact)
