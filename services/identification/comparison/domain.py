"""Verifying a suspect again: the village signs, then the township; what both sign stands. Pure.

A round is one signature of each level. Where the township differs from the village, the round has decided nothing
and the next begins with the village [ours].
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from services.identification.cases.case import Case
from services.identification.workflow import SUSPECT_SIGNATORIES, WORKFLOWS, Action, Stage, Step
from shared.areas import level as division_level


class Level(StrEnum):
    """In the order in which they sign."""

    VILLAGE = "village"
    TOWNSHIP = "township"


class Finding(StrEnum):
    """``refuted``: not theirs. ``cleared``: true, yet no bar after its exceptions. ``confirmed``: the bar holds."""

    REFUTED = "refuted"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"


OPEN = "open"
SIGNATORIES = {signatory: Level(signatory[1]) for signatory in SUSPECT_SIGNATORIES}
NEED_EVIDENCE = frozenset({Finding.REFUTED, Finding.CLEARED})


@dataclass
class VerificationRefused(Exception):
    """``code`` is the problem's code."""

    code: str


@dataclass(frozen=True, slots=True)
class Signature:
    round: int
    level: Level
    outcome: Finding


@dataclass(frozen=True, slots=True)
class Verification:
    """``state`` is open, or what both levels have signed alike."""

    state: str = OPEN
    signatures: tuple[Signature, ...] = ()

    @property
    def round(self) -> int:
        """The round to be signed next."""
        return 1 + len(self.signatures) // len(Level)

    @property
    def awaited(self) -> Level | None:
        """Who signs next; None once it is decided."""
        return tuple(Level)[len(self.signatures) % len(Level)] if self.state == OPEN else None

    def sign(self, level: Level, outcome: Finding) -> "Verification":
        """With one more signature. Raises ``suspect-already-verified`` or ``suspect-awaits-village``."""
        if level is not self.awaited:
            early = self.awaited is Level.VILLAGE
            raise VerificationRefused("suspect-awaits-village" if early else "suspect-already-verified")
        signed = replace(self, signatures=(*self.signatures, Signature(self.round, level, outcome)))
        both = level is Level.TOWNSHIP and self.signatures[-1].outcome is outcome
        return replace(signed, state=outcome.value) if both else signed


def signatory(role: str, division: str) -> Level | None:
    """The level for which an officer of this role and division signs."""
    return SIGNATORIES.get((role, division_level(division)))


def awaits_comparison(case: Case) -> bool:
    return case.state == "open" and case.workflow.allows(case.step, case.stage, Action.COMPARE)


def awaits_verification(kind: str, state: str, step: str, stage: str) -> bool:
    return state == "open" and WORKFLOWS[kind].allows(Step(step), Stage(stage), Action.VERIFY_SUSPECT)


def restored(state: str, signatures: Sequence[tuple[int, str, str]]) -> Verification:
    """As it was kept: (round, level, outcome) in the order of signing."""
    told = (Signature(round_, Level(level), Finding(outcome)) for round_, level, outcome in signatures)
    return Verification(state, tuple(told))
