"""The statements behind tasks. Each takes a whole set; rows are locked in the order of their ids."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import asyncpg

from services.notifications.domain import CANCELLED, DONE, Ending, NewTask
from shared.database.transaction import Transaction
from shared.events import Event
from shared.events.notifications import TaskCancelled, TaskCompleted, TaskCreated
from shared.events.received import Received
from shared.ids import new_id


async def create(transaction: Transaction, tasks: Sequence[NewTask]) -> None:
    """What an event assigned before stays as it is."""
    if not tasks:
        return
    ids = [new_id() for _ in tasks]
    rows = await transaction.fetch(
        """INSERT INTO tasks (id, kind, office, division, subject_id, case_id, household_id, list_id, cases, due_on,
                              cause_id, state, created_at, version)
           SELECT *, 'open', $12::timestamptz, 1
           FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[],
                       $9::int[], $10::date[], $11::uuid[])
           ON CONFLICT (cause_id, kind, office) DO NOTHING RETURNING id""",
        ids,
        *([getattr(task, name) for task in tasks] for name in _COLUMNS),
        [task.cause.envelope.id for task in tasks],
        transaction.now,
    )
    created = {row["id"] for row in rows}
    for task_id, task in zip(ids, tasks, strict=True):
        if task_id in created:
            event = TaskCreated(task_id=task_id, kind=cast(Any, task.kind), case_id=task.case_id)
            transaction.emit(event, division=task.division, sequence=1, cause=task.cause.envelope)


_COLUMNS = ("kind", "office", "division", "subject_id", "case_id", "household_id", "list_id", "cases", "due_on")


async def settle(transaction: Transaction, endings: Sequence[Ending]) -> None:
    if not endings:
        return
    rows = await transaction.fetch(
        _END.format(match="(subject_id, tasks.kind) = (ended.about, ended.kind) AND office = coalesce(by, office)"),
        [ending.subject_id for ending in endings],
        [ending.kind for ending in endings],
        [ending.office for ending in endings],
        DONE,
        transaction.now,
    )
    _tell(transaction, rows, [ending.cause for ending in endings])


async def cancel(transaction: Transaction, cases: Sequence[tuple[UUID, list[str], Received[Event]]]) -> None:
    """Each of (case, kinds, cause)."""
    pairs = [(case_id, kind, cause) for case_id, kinds, cause in cases for kind in kinds]
    if not pairs:
        return
    rows = await transaction.fetch(
        _END.format(match="(case_id, tasks.kind) = (ended.about, ended.kind)"),
        [case_id for case_id, _, _ in pairs],
        [kind for _, kind, _ in pairs],
        [None for _ in pairs],
        CANCELLED,
        transaction.now,
    )
    _tell(transaction, rows, [cause for _, _, cause in pairs])


_END = """WITH ended AS (
              SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])
                WITH ORDINALITY AS ended (about, kind, by, number)),
          locked AS (
              SELECT id, number FROM tasks JOIN ended ON {match}
              WHERE state = 'open' ORDER BY id FOR UPDATE OF tasks)
          UPDATE tasks SET state = $4, completed_at = $5, version = version + 1 FROM locked
          WHERE tasks.id = locked.id AND state = 'open'
          RETURNING tasks.id, kind, division, state, version, number"""


def _tell(transaction: Transaction, rows: Sequence[asyncpg.Record], causes: Sequence[Received[Event]]) -> None:
    for row in rows:
        cause = causes[row["number"] - 1].envelope
        transaction.emit(_ended(row), division=row["division"], sequence=row["version"], cause=cause)


def _ended(row: asyncpg.Record) -> Event:
    if row["state"] == CANCELLED:
        return TaskCancelled(task_id=row["id"], kind=row["kind"])
    return TaskCompleted(task_id=row["id"], kind=row["kind"], completed_by=None)
