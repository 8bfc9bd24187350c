"""Tasks as officers see and complete them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.notifications.domain import DONE, OPEN, available_actions, offices_of, offices_seen_by
from services.notifications.problems import TASK_CLOSED, TASK_OF_ANOTHER_OFFICE
from services.notifications.rules import KINDS, OFFICES
from shared.areas import prefix
from shared.auth import Principal
from shared.events.notifications import TaskCompleted
from shared.http.access import allow
from shared.http.commands import Read, Write
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_id
from shared.http.route import Route
from shared.http.schemas import Answer, Body, DivisionCode, LongText, Page
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

if TYPE_CHECKING:
    from shared.database.transaction import Connection

router = APIRouter(prefix="/v1", route_class=Route, tags=["tasks"])
Reader = Annotated[Principal, allow("tasks:read")]
Doer = Annotated[Principal, allow("tasks:write")]
TaskKind = Literal["reverify_suspect", "post_notice", "survey_household", "case_moved", "resolve_objection"]
TaskState = Literal["open", "done", "cancelled"]


class TaskTitle(Answer):
    zh: str
    en: str


class TaskAnswer(Answer):
    """``subject_id`` is the suspect, objection, list or case that the task is about; ``roles`` may do it.

    A message (``case_moved``) has no ``due_on``. ``completed_by`` is null where the matter was settled by an event.
    """

    id: UUID
    kind: TaskKind
    title: TaskTitle
    office: str
    roles: list[str]
    division: str
    subject_id: UUID
    case_id: UUID | None
    household_id: UUID | None
    list_id: UUID | None
    cases: int | None
    due_on: date | None
    state: TaskState
    created_at: datetime
    completed_at: datetime | None
    completed_by: UUID | None
    note: str | None
    version: int
    available_actions: list[str]


class CompletionBody(Body):
    note: LongText | None = None


_OWN = TaskAnswer.model_fields.keys() - {"title", "roles", "note", "available_actions"}


def _answer(row: Any, principal: Principal) -> TaskAnswer:
    kind, office = KINDS[row["kind"]], OFFICES[row["office"]]
    return TaskAnswer(
        **{name: row[name] for name in _OWN},
        title=TaskTitle(zh=kind.zh, en=kind.en),
        roles=list(office.roles),
        note=(row["completion"] or {}).get("note"),
        available_actions=available_actions(principal.role, row["office"], row["state"], principal.scopes),
    )


async def _find(connection: "Connection", task_id: UUID, principal: Principal, *, lock: bool = False) -> Any:
    statement = "SELECT * FROM tasks WHERE id = $1"
    row = await connection.fetchrow(f"{statement} FOR UPDATE" if lock else statement, task_id)
    if row is None or not principal.covers(row["division"]) or row["office"] not in offices_seen_by(principal.role):
        raise Problem(NOT_FOUND)
    return row


@router.get("/tasks", summary="任务列表 · List tasks")
async def list_tasks(
    principal: Reader,
    connection: Read,
    updated_after: UpdatedAfter,
    request: Request,
    response: Response,
    state: Annotated[TaskState | None, Query()] = None,
    kind: Annotated[TaskKind | None, Query()] = None,
    division: Annotated[DivisionCode | None, Query()] = None,
    case_id: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[TaskAnswer]:
    """Those of the caller's own office; township, county and supervisors also see the other offices' of their area."""
    if division is not None:
        principal.require_area(division)
    digits, after = prefix(division or principal.division), read_id(request, cursor)
    rows = await connection.fetch(
        """SELECT * FROM tasks
           WHERE division >= $1 AND division < $2 AND office = ANY($3::text[])
             AND ($4::text IS NULL OR state = $4) AND ($5::text IS NULL OR kind = $5)
             AND ($6::uuid IS NULL OR case_id = $6) AND ($7::uuid IS NULL OR id > $7)
             AND ($8::timestamptz IS NULL OR coalesce(completed_at, created_at) > $8)
           ORDER BY id LIMIT $9""",
        digits,
        digits + ":",  # the colon follows the digits
        offices_seen_by(principal.role),
        state,
        kind,
        case_id,
        after,
        updated_after,
        limit,
    )
    last = [str(rows[-1]["id"])] if rows else None
    items = [_answer(row, principal) for row in rows]
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))


@router.get("/tasks/{task_id}", summary="查看一项任务 · One task")
async def get_task(task_id: UUID, principal: Reader, connection: Read, response: Response) -> TaskAnswer:
    """With what the caller may do with it."""
    row = await _find(connection, task_id, principal)
    response.headers["ETag"] = f'"{row["version"]}"'
    return _answer(row, principal)


@router.post("/tasks/{task_id}/completion", summary="完成任务 · Complete a task")
async def complete_task(task_id: UUID, body: CompletionBody, principal: Doer, transaction: Write) -> TaskAnswer:
    """By an officer of the task's office. What settles the matter itself completes its task without this call."""
    officer = principal.require_officer()
    row = await _find(transaction.connection, task_id, principal, lock=True)
    if row["office"] not in offices_of(principal.role):
        raise Problem(TASK_OF_ANOTHER_OFFICE)
    if row["state"] != OPEN:
        raise Problem(TASK_CLOSED)
    done = await transaction.fetch_row(
        """UPDATE tasks SET state = $2, completed_at = $3, completed_by = $4, completion = $5, version = version + 1
           WHERE id = $1 RETURNING *""",
        task_id,
        DONE,
        transaction.now,
        officer,
        {"note": body.note},
    )
    if done is None:
        raise RuntimeError("a locked row is there")
    event = TaskCompleted(task_id=task_id, kind=done["kind"], completed_by=officer)
    transaction.emit(event, division=done["division"], sequence=done["version"])
    return _answer(done, principal)
