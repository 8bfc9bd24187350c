"""Faults of record: some applicants' records are spoilt, each in one way, with what mends it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from services.season.county.numbers import Numbers
from services.season.county.records import (
    Cause,
    CausesMend,
    FactMend,
    FactValue,
    Flaw,
    Household,
    Member,
    MemberMend,
    Mend,
    RemovalMend,
)
from services.season.county.troubles import Untroubled, share
from shared.identity_numbers import birth_date

Spoilt = tuple[Household, Mend]


@dataclass(slots=True)
class Workshop:
    """What spoiling may need: chance, new ID numbers, and the other households."""

    random: Random
    numbers: Numbers
    others: list[Household]


@dataclass(frozen=True, slots=True)
class Kind:
    """``spoil`` answers the household that is spoilt, which need not be the one looked at, and the mend."""

    per_2000: int
    fits: Callable[[Household], bool]
    spoil: Callable[[Household, Workshop], Spoilt | None]


def find_flaws(
    untroubled: Untroubled, households: Sequence[Household], numbers: Numbers
) -> tuple[tuple[Household, ...], tuple[Flaw, ...]]:
    """The households with some of them spoilt, and the flaws; ``household_ref`` is always the applicant's."""
    bystanders = [household for household in households if household.situation == "middle" and _all_alive(household)]
    workshop = Workshop(untroubled.random, numbers, bystanders)
    spoilt: dict[str, Household] = {}
    flaws = []
    for name, kind in KINDS.items():
        for household in _takers(untroubled, kind, share(kind.per_2000, len(households))):
            if (outcome := kind.spoil(household, workshop)) is not None:
                spoilt[outcome[0].ref] = outcome[0]
                flaws.append(Flaw(household.ref, name, outcome[1]))
    return tuple(spoilt.get(household.ref, household) for household in households), tuple(flaws)


def _takers(untroubled: Untroubled, kind: Kind, count: int) -> Iterator[Household]:
    for _ in range(count):
        household = untroubled.take(kind.fits)
        if household is None:
            return
        yield household


def _all_alive(household: Household) -> bool:
    return len(household.members) >= 2 and all(member.deceased_on is None for member in household.members)


def _anybody(household: Household) -> bool:
    return True


def _lose(field: str) -> Callable[[Household, Workshop], Spoilt]:
    def spoil(household: Household, workshop: Workshop) -> Spoilt:
        at = workshop.random.randrange(len(household.members))
        known: str = getattr(household.members[at], field)
        return _with_member(household, at, **{field: None}), MemberMend(at, field, known)

    return spoil


def _child(household: Household) -> int | None:
    relations = [member.relation for member in household.members]
    return relations.index("child") if "child" in relations else None


def _age_child(household: Household, workshop: Workshop) -> Spoilt | None:
    """A wrong ID number that makes the child nearly as old as the head."""
    at = _child(household)
    if at is None:
        return None
    child, head = household.members[at], household.members[0]
    born = birth_date(head.id_number)
    wrong = date(born.year + workshop.random.randint(3, 9), born.month, min(born.day, 28))
    number = workshop.numbers.draw(child.id_number[:6], wrong, child.sex)
    return _with_member(household, at, id_number=number), MemberMend(at, "id_number", child.id_number)


def _wife(household: Household) -> Member | None:
    wives = [member for member in household.members if member.relation == "spouse" and member.sex == "female"]
    return wives[0] if wives else None


def _list_twice(household: Household, workshop: Workshop) -> Spoilt | None:
    """The wife still stands in another booklet, as the daughter-in-law of a former marriage."""
    wife = _wife(household)
    other = _former_home(wife, workshop.others) if wife is not None else None
    if wife is None or other is None:
        return None
    workshop.others.remove(other)
    members = (*other.members, replace(wife, relation="child_in_law"))
    counted = sum(member.registration != "urban" for member in members)
    twice = replace(other, members=members, facts={**other.facts, "members": counted})
    return twice, RemovalMend(other.ref, len(other.members))


def _former_home(wife: Member, others: Sequence[Household]) -> Household | None:
    born = birth_date(wife.id_number).year
    return next((other for other in others if birth_date(other.members[0].id_number).year + 18 <= born), None)


def _lose_causes(household: Household, _: Workshop) -> Spoilt:
    return replace(household, causes=()), CausesMend(household.causes)


def _add_main(household: Household, _: Workshop) -> Spoilt:
    second = "capital" if household.causes[0].code != "capital" else "skills"
    others = tuple(cause for cause in household.causes[1:2] if cause.code != second)
    causes = (household.causes[0], Cause(second, main=True), *others)
    return replace(household, causes=causes), CausesMend(household.causes)


def _change_fact(fact: str, wrong: FactValue) -> Callable[[Household, Workshop], Spoilt]:
    def spoil(household: Household, _: Workshop) -> Spoilt:
        return replace(household, facts={**household.facts, fact: wrong}), FactMend(fact, household.facts[fact])

    return spoil


def _with_member(household: Household, at: int, **changes: str | None) -> Household:
    members = list(household.members)
    members[at] = replace(members[at], **changes)  # type: ignore[arg-type]
    return replace(household, members=tuple(members))


KINDS: Mapping[str, Kind] = {
    "dropout_though_education_secured": Kind(
        6, lambda household: household.situation == "dropout", _change_fact("education_secured", True)
    ),
    "grade_without_dwelling": Kind(
        5, lambda household: household.situation == "no_home", _change_fact("housing_grade", "D")
    ),
    "child_not_younger": Kind(8, lambda household: _child(household) is not None, _age_child),
    "listed_twice": Kind(6, lambda household: _wife(household) is not None, _list_twice),
    "education_missing": Kind(12, _anybody, _lose("education")),
    "health_missing": Kind(10, _anybody, _lose("health")),
    "causes_missing": Kind(8, _anybody, _lose_causes),
    "two_main_causes": Kind(6, _anybody, _add_main),
}
"""The rare ones first, while there are households that fit."""
