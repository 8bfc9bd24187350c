"""Cases in the database: locked in the order of their ids, changed together, with history and events."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

import asyncpg

from services.identification.cases.case import ActionRefused, Case, Outcome
from services.identification.cases.domain import catch_up
from services.identification.problems import BY_CODE, CASES_REPEATED, CASES_UNKNOWN
from services.identification.workflow import Stage, Step
from shared.areas import covers
from shared.auth import Principal
from shared.database.transaction import Transaction
from shared.problems import Problem

COLUMNS = ", ".join(field.name for field in fields(Case))
_NAMED = 50
"""How many offending cases a problem names at most."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who acted, on which list, and the reason given for each case."""

    officer_id: UUID | None = None
    list_id: UUID | None = None
    reasons: Mapping[UUID, str] | None = None

    def reason(self, case_id: UUID) -> str | None:
        return self.reasons.get(case_id) if self.reasons else None


def case_of(row: asyncpg.Record) -> Case:
    values = {field.name: row[field.name] for field in fields(Case)}
    return Case(**values | {"step": Step(row["step"]), "stage": Stage(row["stage"])})


async def lock_cases(transaction: Transaction, case_ids: Sequence[UUID], principal: Principal | None) -> list[Case]:
    """The cases in the order of their ids, for change. A case outside the area is as unknown as one that is not."""
    if repeated := [case_id for case_id, count in Counter(case_ids).items() if count > 1]:
        raise Problem(CASES_REPEATED, cases=[str(case_id) for case_id in repeated[:_NAMED]])
    rows = await transaction.fetch(
        f"SELECT {COLUMNS} FROM cases WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE",  # noqa: S608
        list(case_ids),
    )
    cases = [case_of(row) for row in rows]
    known = {case.id for case in cases if principal is None or covers(principal.division, case.division)}
    if unknown := [case_id for case_id in case_ids if case_id not in known]:
        raise Problem(CASES_UNKNOWN, cases=[str(case_id) for case_id in unknown[:_NAMED]])
    return cases


async def lock_case(transaction: Transaction, case_id: UUID, principal: Principal | None) -> Case:
    return (await lock_cases(transaction, [case_id], principal))[0]


def decide(transaction: Transaction, cases: Sequence[Case], decision: Callable[[Case], Outcome]) -> list[Outcome]:
    """Apply the decision to every case, after what the clock had decided; refused for one, refused for all."""
    outcomes, refused = [], []
    for case in cases:
        try:
            before = catch_up(case, transaction.now)
            after = decision(before.case)
            outcomes.append(Outcome(after.case, (*before.events, *after.events)))
        except ActionRefused as refusal:
            refused.append(refusal)
    if refused:
        raise refusal_problem(refused)
    return outcomes


def refusal_problem(refused: Sequence[ActionRefused]) -> Problem:
    """The problem of the first refusal, naming every case refused for the same cause."""
    code = refused[0].code
    cases = [str(refusal.case_id) for refusal in refused if refusal.code == code]
    return Problem(BY_CODE[code], cases=cases[:_NAMED])


async def save(transaction: Transaction, outcomes: Sequence[Outcome], act: Act) -> None:
    """Write the cases as they now stand, their history, and their events."""
    await _update(transaction, [outcome.case for outcome in outcomes])
    await _remember(transaction, outcomes, act)
    _tell(transaction, outcomes)


async def insert(transaction: Transaction, outcome: Outcome, columns: Mapping[str, Any], act: Act) -> None:
    """Write a new case. The unique index of open cases decides between two at once."""
    values = {field.name: getattr(outcome.case, field.name) for field in fields(Case)}
    values |= dict(columns) | {"created_at": transaction.now, "updated_at": transaction.now}
    places = ", ".join(f"${place}" for place in range(1, len(values) + 1))
    statement = f"INSERT INTO cases ({', '.join(values)}) VALUES ({places})"  # noqa: S608
    await transaction.execute(statement, *values.values())
    await _remember(transaction, [outcome], act)
    _tell(transaction, [outcome])


async def _update(transaction: Transaction, cases: Sequence[Case]) -> None:
    await transaction.execute(
        """UPDATE cases SET state = new.state, step = new.step, stage = new.stage, version = new.version,
             verdict = new.verdict, assessment_id = new.assessment_id, list_id = new.list_id,
             publicity_ends_at = new.publicity_ends_at, publicity_over = new.publicity_over,
             open_objections = new.open_objections, open_suspects = new.open_suspects,
             open_issues = new.open_issues, updated_at = $14
           FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::uuid[], $8::uuid[],
             $9::timestamptz[], $10::bool[], $11::int[], $12::int[], $13::int[])
             AS new (id, state, step, stage, version, verdict, assessment_id, list_id, publicity_ends_at,
                     publicity_over, open_objections, open_suspects, open_issues)
           WHERE cases.id = new.id""",
        *_columns(
            cases,
            "id state step stage version verdict assessment_id list_id publicity_ends_at publicity_over "
            "open_objections open_suspects open_issues",
        ),
        transaction.now,
    )


def _columns(cases: Sequence[Case], names: str) -> list[list[Any]]:
    return [[getattr(case, name) for case in cases] for name in names.split()]


async def _remember(transaction: Transaction, outcomes: Sequence[Outcome], act: Act) -> None:
    rows = [
        (
            outcome.case.id,
            outcome.case.version - len(outcome.events) + place + 1,
            type(event).__name__,
            event.step,
            outcome.case.stage.value,
            event.state,
            act.reason(outcome.case.id),
        )
        for outcome in outcomes
        for place, event in enumerate(outcome.events)
    ]
    await transaction.execute(
        """INSERT INTO case_history (case_id, sequence, event, step, stage, state, reason, at, officer_id, list_id)
           SELECT *, $8::timestamptz, $9::uuid, $10::uuid
           FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])""",
        *[list(column) for column in zip(*rows, strict=True)] or [[]] * 7,
        transaction.now,
        act.officer_id,
        act.list_id,
    )


def _tell(transaction: Transaction, outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        first = outcome.case.version - len(outcome.events) + 1
        for place, event in enumerate(outcome.events):
            transaction.emit(event, division=outcome.case.division, sequence=first + place)
