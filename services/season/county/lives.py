"""What people of an age are like: schooling, health, labour, work away from home, insurance."""

from bisect import bisect
from random import Random

COMPULSORY = range(6, 15)
"""Ages at which everybody goes to school."""

WORKING = range(16, 66)

_SCHOOLING = (
    (3, {"not_at_school": 1}),
    (6, {"preschool": 8, "not_at_school": 2}),
    (12, {"primary": 1}),
    (15, {"junior_middle": 1}),
    (18, {"senior_middle": 50, "vocational": 36, "not_at_school": 14}),
    (22, {"higher": 34, "not_at_school": 66}),
    (200, {"not_at_school": 1}),
)
"""Below which age, and where how many are at school."""

_COMPLETED = {
    "preschool": "none",
    "primary": "none",
    "junior_middle": "primary",
    "senior_middle": "junior_middle",
    "vocational": "junior_middle",
    "higher": "senior_middle",
}

_EDUCATION = (
    (1950, {"none": 52, "primary": 42, "junior_middle": 6}),
    (1965, {"none": 22, "primary": 56, "junior_middle": 20, "senior_middle": 2}),
    (1980, {"none": 5, "primary": 45, "junior_middle": 42, "senior_middle": 8}),
    (1995, {"primary": 14, "junior_middle": 60, "senior_middle": 18, "junior_college": 6, "university": 2}),
    (2008, {"junior_middle": 54, "senior_middle": 30, "junior_college": 11, "university": 5}),
    (2012, {"primary": 2, "junior_middle": 98}),
    (9999, {"none": 1}),
)
"""Born before which year, and what how many of those who left school completed."""

_HEALTHY_LABOUR = (
    (16, {"none": 1}),
    (60, {"ordinary": 86, "skilled": 14}),
    (70, {"ordinary": 35, "weak": 65}),
    (80, {"weak": 30, "none": 70}),
    (200, {"none": 1}),
)
_IMPAIRED_LABOUR = {
    "chronic": {"ordinary": 35, "weak": 65},
    "major_disease": {"weak": 40, "lost": 60},
    "disabled": {"weak": 60, "lost": 40},
}

_DESTINATIONS = {"elsewhere": 60, "province": 25, "county": 15}


def draw_schooling(random: Random, age: int) -> str:
    return _pick(random, _of_age(_SCHOOLING, age))


def draw_education(random: Random, born: int, schooling: str, age: int) -> str:
    """The highest completed: of those at school, what came before."""
    if schooling != "not_at_school":
        return _COMPLETED[schooling]
    return _pick(random, _of_age(_EDUCATION, born)) if age >= 12 else "none"


def draw_labour(random: Random, age: int, health: str, schooling: str) -> str:
    if age < 16 or schooling != "not_at_school":
        return "none"
    impaired = _IMPAIRED_LABOUR.get(health)
    return _pick(random, impaired if impaired and age < 70 else _of_age(_HEALTHY_LABOUR, age))


def is_disabled(random: Random, age: int) -> bool:
    return random.random() < (0.01 if age < 16 else 0.04 if age < 60 else 0.09)


def draw_destination(random: Random) -> str:
    return _pick(random, _DESTINATIONS)


def draw_pension(random: Random, age: int, schooling: str) -> str:
    if age < 16 or schooling != "not_at_school":
        return "none"
    return _pick(random, {"resident": 90, "employee": 4, "none": 6})


def _pick(random: Random, weights: dict[str, int]) -> str:
    if len(weights) == 1:
        return next(iter(weights))
    return random.choices(tuple(weights), tuple(weights.values()))[0]


def _of_age(table: tuple[tuple[int, dict[str, int]], ...], age: int) -> dict[str, int]:
    return table[bisect(table, age, key=lambda row: row[0])][1]
