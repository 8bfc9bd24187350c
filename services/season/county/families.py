"""The families of the county, as data: who lives in them and how their ages hang together."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

OLDEST = 96


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a family.

    The age lies in ``years``; with ``of`` that many years above the oldest of those people (negative: below the
    youngest). ``partner`` names whom this person is married to; ``male`` is the probability for everybody else.
    A person who would not be born yet, or too old to live, is left out.
    """

    role: str
    relation: str
    years: tuple[int, int]
    of: tuple[str, ...] = ()
    partner: str | None = None
    male: float = 0.52
    chance: float = 1.0
    away: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    role: str
    relation: str
    sex: str
    age: int
    away: bool


@dataclass(frozen=True, slots=True)
class Family:
    weight: int
    slots: tuple[Slot, ...]


def _head(low: int, high: int, male: float = 0.86) -> Slot:
    return Slot("head", "head", (low, high), male=male)


def _spouse(chance: float = 1.0) -> Slot:
    return Slot("spouse", "spouse", (-4, 2), ("head",), partner="head", chance=chance)


def _child(role: str, chance: float = 1.0) -> Slot:
    return Slot(role, "child", (-32, -21), ("head", "spouse"), chance=chance)


def _schoolchild() -> Slot:
    return Slot("child", "child", (7, 14))


def _parent(role: str, male: float, chance: float) -> Slot:
    return Slot(role, "parent", (20, 29), ("head",), male=male, chance=chance)


FAMILIES: Mapping[str, Family] = {
    "couple": Family(8, (_head(28, 62), _spouse())),
    "couple_with_children": Family(
        28, (_head(30, 54), _spouse(), _child("child"), _child("second", 0.55), _child("third", 0.1))
    ),
    "schoolchild": Family(
        10,
        (
            _schoolchild(),
            Slot("head", "head", (22, 31), ("child",), male=0.86),
            _spouse(),
            _child("second", 0.45),
            _parent("mother", 0, 0.3),
        ),
    ),
    "three_generations": Family(
        20,
        (
            _head(32, 50, 0.92),
            _spouse(),
            _child("child"),
            _child("second", 0.4),
            _parent("father", 1, 0.6),
            _parent("mother", 0, 0.75),
        ),
    ),
    "left_behind": Family(
        10,
        (
            _head(56, 70),
            _spouse(0.85),
            Slot("child", "child", (-30, -24), ("head", "spouse"), male=0.8, away=True),
            Slot("in_law", "child_in_law", (-4, 2), ("child",), partner="child", chance=0.75, away=True),
            Slot("grandchild", "grandchild", (-27, -22), ("child", "in_law")),
            Slot("second", "grandchild", (-30, -22), ("child", "in_law"), chance=0.4),
        ),
    ),
    "grandparent_and_grandchild": Family(
        3, (_head(58, 74, 0.5), _spouse(0.5), Slot("grandchild", "grandchild", (5, 15)))
    ),
    "single_parent": Family(
        6,
        (
            _schoolchild(),
            Slot("head", "head", (22, 33), ("child",), male=0.45),
            _child("second", 0.3),
        ),
    ),
    "son_with_old_parent": Family(
        6,
        (
            _head(36, 56, 1),
            _parent("mother", 0, 1),
            _parent("father", 1, 0.3),
            Slot("sibling", "sibling", (-7, -2), ("head",), male=0.8, chance=0.1),
        ),
    ),
    "elder_alone": Family(7, (_head(64, 88, 0.5),)),
    "elder_couple": Family(8, (_head(62, 82), _spouse())),
}

_NAMES = tuple(FAMILIES)


def draw_family(random: Random, among: tuple[str, ...]) -> list[Person]:
    """The people of a family of one of those kinds (empty: of any), the head first."""
    kinds = among or _NAMES
    family = FAMILIES[random.choices(kinds, [FAMILIES[kind].weight for kind in kinds])[0]]
    people: dict[str, Person] = {}
    for slot in family.slots:
        if slot.chance == 1 or random.random() < slot.chance:
            person = _person(random, slot, people)
            if person is not None:
                people[slot.role] = person
    return sorted(people.values(), key=lambda person: person.relation != "head")


def _person(random: Random, slot: Slot, people: Mapping[str, Person]) -> Person | None:
    age = random.randint(*slot.years)
    if slot.of:
        ages = [people[role].age for role in slot.of if role in people]
        age += max(ages) if slot.years[0] > 0 else min(ages)
    if not 0 <= age <= OLDEST:
        return None
    if slot.partner is not None:
        sex = "male" if people[slot.partner].sex == "female" else "female"
    else:
        sex = "male" if random.random() < slot.male else "female"
    return Person(slot.role, slot.relation, sex, age, slot.away)
