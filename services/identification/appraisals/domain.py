"""The rules of an appraisal meeting. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from services.identification.workflow import Step

CAPACITIES: Mapping[Step, tuple[str, ...]] = {
    Step.GROUP_APPRAISAL: ("villager",),
    Step.VILLAGE_APPRAISAL: ("villager_representative", "supervisor", "village_cadre", "resident_cadre"),
}
"""Who has to be present, each capacity with at least one person (reading §4, steps 2 and 4)."""


@dataclass(frozen=True, slots=True)
class Votes:
    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        """Abstentions count as cast."""
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True)
class Meeting:
    """``roll``: people entitled; ``present``: people by capacity."""

    step: Step
    roll: int
    present: Mapping[Any, int]

    @cached_property
    def attendance(self) -> int:
        return sum(self.present.values())

    def missing_capacities(self) -> list[str]:
        return [capacity for capacity in CAPACITIES[self.step] if not self.present.get(capacity)]

    def has_quorum(self, quorum: Fraction) -> bool:
        """Present ≥ quorum × roll."""
        return self.attendance >= quorum * self.roll

    def can_hold(self, votes: Votes) -> bool:
        """Nobody votes who is not there, and nobody is there who is not on the roll."""
        return votes.cast <= self.attendance <= self.roll


def passed(votes: Votes, pass_ratio: Fraction) -> bool:
    """In favour > pass ratio × votes cast."""
    return votes.in_favour * pass_ratio.denominator > pass_ratio.numerator * votes.cast


def needs_reasons(step: Step, votes: Votes, verdict: str | None) -> bool:
    """A vote against an eligible household needs its reasons."""
    return step is Step.VILLAGE_APPRAISAL and votes.against > 0 and verdict == "eligible"
