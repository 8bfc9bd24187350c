"""Opening cases: many applications at once, whole or not at all; one is a list of one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.identification.cases.case import Case
from services.identification.cases.domain import submit
from services.identification.cases.store import Act, Opened, insert
from services.identification.evidence.store import require_all_evidence
from services.identification.households import KnownHousehold, learn
from services.identification.problems import ALREADY_REGISTERED, CASE_OPEN, OUT_OF_SCOPE
from services.identification.registrations.store import CurrentRegistration, current_registrations
from shared.database.transaction import Transaction
from shared.ids import new_id
from shared.problems import Problem, ProblemType

_NAMED = 50


@dataclass(frozen=True, slots=True)
class Application:
    """``pointer``: where its evidence stands in the request."""

    household: KnownHousehold
    applied_on: date
    evidence: Sequence[str]
    pointer: str


async def open_cases(transaction: Transaction, officer: UUID, applications: Sequence[Application]) -> list[Case]:
    """A case for each, accepted: in scope, no other open case, not registered poor already.

    A household that had exited poverty opens a case of kind ``return``. Raises the problems of the first cause
    that is met, naming every household concerned.
    """
    households = [one.household for one in applications]
    if news := [household for household in households if household.news]:
        await learn(transaction, news)
    _refuse(OUT_OF_SCOPE, households, lambda household: not household.in_scope)
    await require_all_evidence(transaction, {one.pointer: one.evidence for one in applications})
    registered = await current_registrations(transaction.connection, [household.id for household in households])
    _refuse(ALREADY_REGISTERED, households, lambda household: _is_poor(registered, household))
    opened = [
        Opened(submit(_case(one.household, officer, registered)), one.applied_on, one.evidence) for one in applications
    ]
    try:
        await insert(transaction, opened, Act(officer))
    except asyncpg.UniqueViolationError:
        raise Problem(CASE_OPEN) from None
    return [one.outcome.case for one in opened]


def _case(household: KnownHousehold, officer: UUID, registered: Mapping[UUID, CurrentRegistration]) -> Case:
    kind = "return" if household.id in registered else "entry"
    return Case(id=new_id(), household_id=household.id, division=household.division, kind=kind, submitted_by=officer)


def _is_poor(registered: Mapping[UUID, CurrentRegistration], household: KnownHousehold) -> bool:
    return household.id in registered and registered[household.id].status == "poor"


def _refuse(
    problem: ProblemType, households: Iterable[KnownHousehold], concerns: Callable[[KnownHousehold], bool]
) -> None:
    if refused := [str(household.id) for household in households if concerns(household)]:
        raise Problem(problem, households=refused[:_NAMED])
