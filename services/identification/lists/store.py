"""Lists in the database: their header, their cases, and the check that a list and its cases belong together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from services.identification.cases.case import Case
from services.identification.cases.domain import catch_up
from services.identification.cases.store import lock_cases
from services.identification.problems import CASE_AT_ANOTHER_STEP, CASE_OUTSIDE_LIST_AREA, OBJECTION_OPEN, SUSPECT_OPEN
from services.identification.workflow import Stage, Step
from shared.areas import covers, prefix
from shared.auth import Principal
from shared.database.inserting import FEW
from shared.database.transaction import Transaction
from shared.problems import Problem

if TYPE_CHECKING:
    from shared.database.transaction import Connection

_NAMED = 50
_LIST = """
    INSERT INTO lists (id, kind, step, division, officer_id, cases, details, state, ends_at, version, held_at,
                       updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10) RETURNING *"""
_ENTRY = ("list_id", "case_id", "outcome", "in_favour", "against", "abstained", "reason")
_TOGETHER = f"""
    WITH entered AS (
      INSERT INTO list_cases ({", ".join(_ENTRY)})
      SELECT * FROM unnest($11::uuid[], $12::uuid[], $13::text[], $14::int[], $15::int[], $16::int[], $17::text[]))
    {_LIST}"""  # noqa: S608 - names of our own
_NO_VOTES = (None, None, None)


@dataclass(frozen=True, slots=True)
class NewList:
    id: UUID
    kind: str
    step: Step
    division: str
    officer_id: UUID
    cases: int
    details: Mapping[str, Any]
    state: str = "done"
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A case's place in a list, with what the list says of it."""

    case_id: UUID
    outcome: str
    votes: tuple[int, int, int] | None = None
    reason: str | None = None


async def lock_listed(
    transaction: Transaction, principal: Principal, division: str, case_ids: Sequence[UUID], step: Step, stage: Stage
) -> list[Case]:
    """Lock the list's cases. One of another step or division refuses the whole list, naming the cases.

    A publicity that is over by the clock counts as passed, whether or not its timer has fired.
    """
    cases = await lock_cases(transaction, case_ids, principal)
    elsewhere = [case for case in cases if not covers(division, case.division)]
    if elsewhere:
        raise Problem(CASE_OUTSIDE_LIST_AREA, cases=_names(elsewhere))
    another = [case for case in cases if case.state == "open" and not _at(case, step, stage, transaction.now)]
    if another:
        raise _refusal(another, step)
    return cases


def _refusal(cases: Sequence[Case], step: Step) -> Problem:
    """What holds a case back on its way to the step tells more than that it stands elsewhere."""
    behind = [case for case in cases if case.workflow.position(case.step) < case.workflow.position(step)]
    if suspected := [case for case in behind if case.open_suspects]:
        return Problem(SUSPECT_OPEN, cases=_names(suspected))
    if disputed := [case for case in behind if case.open_objections]:
        return Problem(OBJECTION_OPEN, cases=_names(disputed))
    return Problem(CASE_AT_ANOTHER_STEP, cases=_names(cases))


def _at(case: Case, step: Step, stage: Stage, now: datetime) -> bool:
    caught_up = catch_up(case, now).case
    return caught_up.step is step and caught_up.stage is stage


def _names(cases: Sequence[Case]) -> list[str]:
    return [str(case.id) for case in cases[:_NAMED]]


async def record_list(transaction: Transaction, new: NewList, entries: Sequence[Entry]) -> asyncpg.Record:
    """Write the list and its entries, in one statement where they are few; the list as it was written."""
    header = (
        new.id,
        new.kind,
        new.step.value,
        new.division,
        new.officer_id,
        new.cases,
        dict(new.details),
        new.state,
        new.ends_at,
        transaction.now,
    )
    rows = [(new.id, entry.case_id, entry.outcome, *(entry.votes or _NO_VOTES), entry.reason) for entry in entries]
    if 0 < len(rows) <= FEW:
        row = await transaction.fetch_row(_TOGETHER, *header, *map(list, zip(*rows, strict=True)))
    else:
        row = await transaction.fetch_row(_LIST, *header)
        await transaction.insert("list_cases", _ENTRY, rows)
    if row is None:
        raise RuntimeError("a list that was written is not there")
    return row


async def find_list(connection: "Connection", kind: str, list_id: UUID, principal: Principal) -> asyncpg.Record | None:
    row = await connection.fetchrow("SELECT * FROM lists WHERE id = $1 AND kind = $2", list_id, kind)
    return row if row is not None and principal.covers(row["division"]) else None


async def list_page(
    connection: "Connection",
    kind: str,
    area: str,
    after: UUID | None,
    limit: int,
    *,
    step: str | None,
    state: str | None,
    updated_after: datetime | None,
) -> list[asyncpg.Record]:
    return await connection.fetch(
        """SELECT * FROM lists WHERE kind = $1 AND division LIKE $2 AND ($3::uuid IS NULL OR id > $3)
             AND ($5::text IS NULL OR step = $5) AND ($6::text IS NULL OR state = $6)
             AND ($7::timestamptz IS NULL OR updated_at > $7)
           ORDER BY id LIMIT $4""",
        kind,
        f"{prefix(area)}%",
        after,
        limit,
        step,
        state,
        updated_after,
    )


async def entries_page(connection: "Connection", list_id: UUID, after: UUID | None, limit: int) -> list[asyncpg.Record]:
    return await connection.fetch(
        """SELECT case_id, outcome, in_favour, against, abstained, reason FROM list_cases
           WHERE list_id = $1 AND ($2::uuid IS NULL OR case_id > $2) ORDER BY case_id LIMIT $3""",
        list_id,
        after,
        limit,
    )
