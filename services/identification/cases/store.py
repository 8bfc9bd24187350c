"""Cases in the database: locked in the order of their ids, changed together, with history and events."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from services.identification.cases.case import ActionRefused, Case, Outcome
from services.identification.cases.domain import catch_up
from services.identification.problems import BY_CODE, CASES_REPEATED, CASES_UNKNOWN
from services.identification.workflow import Stage, Step
from shared.areas import covers
from shared.auth import Principal
from shared.database.inserting import FEW
from shared.database.transaction import Transaction
from shared.problems import Problem

COLUMNS = ", ".join(Case._fields)
_values = itemgetter(*Case._fields)
_STEP, _STAGE = Case._fields.index("step"), Case._fields.index("stage")
_STEPS, _STAGES = {step.value: step for step in Step}, {stage.value: stage for stage in Stage}
_CHANGEABLE = {
    "state": "text",
    "step": "text",
    "stage": "text",
    "version": "int",
    "verdict": "text",
    "list_id": "uuid",
    "publicity_ends_at": "timestamptz",
    "publicity_over": "bool",
    "open_objections": "int",
    "open_suspects": "int",
    "open_issues": "int",
}
_changeable = attrgetter(*_CHANGEABLE)
_UPDATE = f"""
    UPDATE cases SET assessment_id = one.assessment_id, updated_at = $4,
      {", ".join(f"{name} = alike.{name}" for name in _CHANGEABLE)}
    FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS one (id, assessment_id, place)
    JOIN unnest({", ".join(f"${place}::{kind}[]" for place, kind in enumerate(_CHANGEABLE.values(), 5))})
      WITH ORDINALITY AS alike ({", ".join(_CHANGEABLE)}, number) ON alike.number = one.place + 1
    WHERE cases.id = one.id"""  # noqa: S608 - names and types of our own
_HISTORY = ("case_id", "sequence", "event", "step", "stage", "state", "reason", "at", "officer_id", "list_id")
_TOGETHER = f"""
    WITH changed AS ({_UPDATE})
    INSERT INTO case_history ({", ".join(_HISTORY)})
    SELECT * FROM unnest($16::uuid[], $17::int[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[],
                         $23::timestamptz[], $24::uuid[], $25::uuid[])"""  # noqa: S608 - names of our own
_OPENED = (*Case._fields, "applied_on", "evidence", "created_at", "updated_at")
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


class Opened(NamedTuple):
    """A new case, and what its application says beside."""

    outcome: Outcome
    applied_on: date
    evidence: Sequence[str]


def case_of(row: asyncpg.Record) -> Case:
    values = list(_values(row))
    values[_STEP], values[_STAGE] = _STEPS[values[_STEP]], _STAGES[values[_STAGE]]
    return Case(*values)


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
            outcomes.append(Outcome(after.case, before.events + after.events))
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
    changes = _changed([outcome.case for outcome in outcomes], transaction.now)
    if 0 < sum(len(outcome.events) for outcome in outcomes) <= FEW:
        history = _history(transaction, outcomes, act)
        await transaction.execute(_TOGETHER, *changes, *map(list, zip(*history, strict=True)))
        _tell(transaction, outcomes)
    else:
        await _save_many(transaction, changes, outcomes, act)


async def _save_many(transaction: Transaction, changes: Sequence[Any], outcomes: Sequence[Outcome], act: Act) -> None:
    """The server changes the cases while their history and their events are written out here."""
    changing = asyncio.ensure_future(transaction.execute(_UPDATE, *changes))
    try:
        await asyncio.sleep(0)  # the statement leaves
        history = _history(transaction, outcomes, act)
        _tell(transaction, outcomes)
    finally:
        await changing
    await transaction.insert("case_history", _HISTORY, history)


async def insert(transaction: Transaction, opened: Sequence[Opened], act: Act) -> None:
    """Write new cases, their history and their events. The index of open cases decides between two at once."""
    now = transaction.now
    rows = [(*one.outcome.case, one.applied_on, list(one.evidence), now, now) for one in opened]
    await transaction.insert("cases", _OPENED, rows)
    outcomes = [one.outcome for one in opened]
    await transaction.insert("case_history", _HISTORY, _history(transaction, outcomes, act))
    _tell(transaction, outcomes)


def _changed(cases: Sequence[Case], now: datetime) -> list[Any]:
    """Most cases of a list change alike, so what they change to is sent once for all that share it."""
    alike: dict[tuple[Any, ...], int] = {}
    places = [alike.setdefault(_changeable(case), len(alike)) for case in cases]
    columns = [list(column) for column in zip(*alike, strict=True)] or [[]] * len(_CHANGEABLE)
    return [[case.id for case in cases], [case.assessment_id for case in cases], places, now, *columns]


def _history(transaction: Transaction, outcomes: Sequence[Outcome], act: Act) -> list[tuple[Any, ...]]:
    return [
        (
            case.id,
            case.version - len(events) + place,
            type(event).__name__,
            event.step,
            case.stage.value,
            event.state,
            act.reason(case.id),
            transaction.now,
            act.officer_id,
            act.list_id,
        )
        for case, events in outcomes
        for place, event in enumerate(events, 1)
    ]


def _tell(transaction: Transaction, outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        first = outcome.case.version - len(outcome.events) + 1
        for place, event in enumerate(outcome.events):
            transaction.emit(event, division=outcome.case.division, sequence=first + place)
