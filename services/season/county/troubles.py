"""Applicants to whom something may still happen: a household has one trouble at most, so that its end is known."""

from collections.abc import Callable, Iterable
from random import Random

from services.season.county.records import Household
from services.season.county.situations import SITUATIONS


class Untroubled:
    """Applicants who are eligible and have met nothing else so far, in random order."""

    def __init__(self, households: Iterable[Household], random: Random) -> None:
        self.random = random
        self._left = [household for household in households if _goes_through(household)]
        random.shuffle(self._left)

    def take(self, fits: Callable[[Household], bool]) -> Household | None:
        """The next that fits; None where a small county has run out of them."""
        for at, household in enumerate(self._left):
            if fits(household):
                return self._left.pop(at)
        return None


def share(per_2000: int, households: int) -> int:
    return max(1, per_2000 * households // 2_000)


def _goes_through(household: Household) -> bool:
    situation = SITUATIONS[household.situation]
    return situation.applies and not situation.refused and situation.verdict == "eligible"
