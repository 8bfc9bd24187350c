"""ID numbers, each given once."""

from collections.abc import Iterable
from datetime import date
from random import Random

from shared.identity_numbers import ORDERS_A_DAY, Sex, generate

HERE = "500229"
NEARBY = ("500235", "500236", "500154", "511722", "511781", "610925", "610926", "610927", "420322", "420325")
"""Regions from which people marry in."""


class Numbers:
    """``taken`` are given already."""

    def __init__(self, random: Random, taken: Iterable[str] = ()) -> None:
        self._random = random
        self._taken = set(taken)

    def draw(self, region: str, birth: date, of_sex: str) -> str:
        sex: Sex = "male" if of_sex == "male" else "female"
        while (number := generate(region, birth, sex, self._random.randint(1, ORDERS_A_DAY))) in self._taken:
            pass
        self._taken.add(number)
        return number

    def region(self, stranger: float) -> str:
        """Of this county, or with that probability of one nearby."""
        return self._random.choice(NEARBY) if self._random.random() < stranger else HERE
