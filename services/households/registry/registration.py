"""Registering households: one at a desk or a thousand of a file take the same way and meet the same rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.households.problems import BOOKLET_TAKEN, DIVISION_TOO_WIDE, DIVISION_UNKNOWN, REGISTERED_ELSEWHERE
from services.households.registry.domain import Fault, census, faults_of
from services.households.registry.schemas import HouseholdBody
from services.households.registry.store import (
    NewHousehold,
    county_of,
    division_levels,
    insert_households,
    living_persons,
    taken_booklets,
)
from shared.areas import covers
from shared.clock import local_date
from shared.codes import DivisionLevel
from shared.database.transaction import Transaction
from shared.events.households import HouseholdRegistered
from shared.problems.common import OUTSIDE_AREA

_HOME_LEVELS = frozenset({DivisionLevel.VILLAGE, DivisionLevel.GROUP})


@dataclass(frozen=True, slots=True)
class Refused:
    faults: tuple[Fault, ...]


@dataclass
class Register:
    """What is registered already, and what becomes so in this call: households are judged in their order."""

    area: str
    allow_duplicates: bool
    levels: dict[str, str]
    booklets: set[tuple[str, str]]
    persons: set[str] = field(default_factory=set)

    def judge(self, body: HouseholdBody) -> NewHousehold | Refused:
        duplicates = frozenset(at for at, member in enumerate(body.members) if member.id_number in self.persons)
        faults = [*self._place_faults(body), *self._booklet_faults(body), *faults_of(body.members)]
        if not self.allow_duplicates:
            faults += [Fault(REGISTERED_ELSEWHERE, f"/members/{at}/id_number") for at in sorted(duplicates)]
        if faults:
            return Refused(tuple(faults))
        self.booklets.add(_booklet(body))
        self.persons |= {member.id_number for member in body.members if member.id_number is not None}
        return NewHousehold(body, census(body.members), duplicates)

    def _place_faults(self, body: HouseholdBody) -> list[Fault]:
        if not covers(self.area, body.division):
            return [Fault(OUTSIDE_AREA, "/division")]
        if body.division not in self.levels:
            return [Fault(DIVISION_UNKNOWN, "/division")]
        if self.levels[body.division] not in _HOME_LEVELS:
            return [Fault(DIVISION_TOO_WIDE, "/division")]
        return []

    def _booklet_faults(self, body: HouseholdBody) -> list[Fault]:
        return [Fault(BOOKLET_TAKEN, "/booklet_number")] if _booklet(body) in self.booklets else []


async def register(
    transaction: Transaction, bodies: Sequence[HouseholdBody], *, area: str, allow_duplicates: bool = False
) -> list[NewHousehold | Refused]:
    """Register what is sound, tell the others of it, and say of each body what became of it, in their order.

    ``allow_duplicates`` lets in a person who lives in another household too, as old books have them.
    """
    register_ = Register(
        area,
        allow_duplicates,
        await division_levels(transaction, {body.division for body in bodies}),
        await taken_booklets(transaction, {_booklet(body) for body in bodies}),
        await living_persons(transaction, _id_numbers(bodies)),
    )
    outcomes = [register_.judge(body) for body in bodies]
    accepted = [outcome for outcome in outcomes if isinstance(outcome, NewHousehold)]
    await insert_households(transaction, accepted, local_date(transaction.now))
    for household in accepted:
        event = HouseholdRegistered(
            household_id=household.id, in_scope=household.census.in_scope, members=household.census.counted
        )
        transaction.emit(event, division=household.body.division, sequence=1)
    return outcomes


def _booklet(body: HouseholdBody) -> tuple[str, str]:
    return county_of(body.division), body.booklet_number


def _id_numbers(bodies: Sequence[HouseholdBody]) -> set[str]:
    return {member.id_number for body in bodies for member in body.members if member.id_number is not None}
