"""What a situation says of the households in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from services.season.county.records import Facts, Status

Verdict = Literal["eligible", "ineligible", "undetermined"]
Illness = Literal["none", "some", "ruinous", "unknown"]


@dataclass(frozen=True, slots=True)
class Income:
    """Net income per head in fen: from ``low`` to ``high``, mostly about ``usual``."""

    low: int
    high: int
    usual: int


def exactly(fen: int) -> Income:
    return Income(fen, fen, fen)


BELOW = Income(2_200_00, 7_400_00, 6_400_00)
MODEST = Income(7_700_00, 12_500_00, 9_000_00)
MIDDLE = Income(12_500_00, 20_900_00, 15_000_00)
HIGH = Income(21_100_00, 48_000_00, 24_000_00)
VERY_HIGH = Income(31_600_00, 60_000_00, 36_000_00)

EVERYBODY: tuple[str, ...] = ()
WORKERS = ("couple", "couple_with_children", "schoolchild", "three_generations")
SCHOOLCHILDREN = ("schoolchild", "single_parent")


@dataclass(frozen=True, slots=True)
class Situation:
    """``per_2000`` households of 2,000 are in it, and one at least.

    ``criteria`` are all criteria of entry that are true then, and ``verdict`` what follows. ``facts`` replace those
    that would be drawn. ``illness``: some households have a light one, all a ruinous one, or its cost is unknown.
    ``families`` are those of ``families.py`` that can be in it; empty: any. ``cause`` is its main cause of poverty;
    None: whatever fits the family.
    """

    name: str
    zh: str
    per_2000: int
    verdict: Verdict
    criteria: frozenset[str]
    income: Income = BELOW
    facts: Facts = field(default_factory=dict)
    illness: Illness = "none"
    families: tuple[str, ...] = EVERYBODY
    registration: str = "rural"
    cause: str | None = None
    status: Status = "none"
    applies: bool = True

    @property
    def en(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def refused(self) -> bool:
        """Whether the application itself is refused: out of scope, or registered poor already."""
        return self.applies and (self.registration == "urban" or self.status == "poor")


class Particulars(TypedDict, total=False):
    """What a situation may say beside its name, number and outcome."""

    income: Income
    facts: Facts
    illness: Illness
    families: tuple[str, ...]
    registration: str
    cause: str | None
    status: Status
    applies: bool


def by_name(situations: tuple[Situation, ...]) -> Mapping[str, Situation]:
    return {situation.name: situation for situation in situations}
