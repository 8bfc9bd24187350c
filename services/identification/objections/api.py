"""Raising and resolving objections."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.identification.cases.domain import raise_objection, resolve_objection
from services.identification.cases.reading import households_of
from services.identification.cases.recusal import refuse_relatives
from services.identification.cases.store import Act, decide, lock_case, save
from services.identification.lists.store import find_list
from services.identification.problems import CASE_AT_ANOTHER_STEP, OBJECTION_RESOLVED, PUBLICITY_OVER
from services.identification.workflow import Step
from shared.areas import prefix
from shared.auth import Principal
from shared.context import ServiceContext
from shared.http.access import Context, allow
from shared.http.commands import Later, Read, Write
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_id
from shared.http.route import Route
from shared.http.schemas import Answer, Body, DivisionCode, LongText, Page, Text
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

router = APIRouter(prefix="/v1", route_class=Route, tags=["objections"])


class ObjectionBody(Body):
    """``objector`` is left out by who wants to stay unnamed."""

    case_id: UUID
    grounds: LongText
    objector: Text | None = None


class ResolutionBody(Body):
    """An upheld objection rejects its case, or sends it back to ``return_to``."""

    outcome: Literal["upheld", "dismissed"]
    reason: LongText
    return_to: Step | None = None


class ObjectionAnswer(Answer):
    """``grounds`` and ``resolution`` are shown to those who resolve objections; the objector to nobody."""

    id: UUID
    case_id: UUID
    publicity_id: UUID
    state: str
    division: str
    raised_at: datetime
    grounds: str | None
    resolution: str | None
    resolved_at: datetime | None
    available_actions: list[str]


def _answer(row: Any, principal: Principal) -> ObjectionAnswer:
    resolver = "objections:resolve" in principal.scopes
    return ObjectionAnswer(
        id=row["id"],
        case_id=row["case_id"],
        publicity_id=row["list_id"],
        state=row["state"],
        division=row["division"],
        raised_at=row["raised_at"],
        grounds=row["grounds"] if resolver else None,
        resolution=row["resolution"] if resolver else None,
        resolved_at=row["resolved_at"],
        available_actions=["resolve"] if resolver and principal.officer_id and row["state"] == "open" else [],
    )


async def _find(connection: Any, objection_id: UUID, principal: Principal) -> Any:
    row = await connection.fetchrow("SELECT * FROM objections WHERE id = $1", objection_id)
    if row is None or not principal.covers(row["division"]):
        raise Problem(NOT_FOUND)
    return row


async def _case_of(context: ServiceContext, objection_id: UUID, principal: Principal) -> UUID:
    """The objection's case, where the officer may decide on it: never a relative's."""
    async with context.database.connection() as connection:
        case_id: UUID = (await _find(connection, objection_id, principal))["case_id"]
        households = await households_of(connection, [case_id])
    await refuse_relatives(context, principal, households)
    return case_id


@router.post("/publicities/{list_id}/objections", status_code=201, summary="提出异议 · Raise an objection")
async def raise_publicity_objection(
    list_id: UUID,
    body: ObjectionBody,
    principal: Annotated[Principal, allow("objections:write")],
    transaction: Write,
    response: Response,
) -> ObjectionAnswer:
    """Until the publicity ends. It holds its own case, never the list."""
    publicity = await find_list(transaction.connection, "publicity", list_id, principal)
    if publicity is None:
        raise Problem(NOT_FOUND)
    if transaction.now >= publicity["ends_at"]:
        raise Problem(PUBLICITY_OVER)
    case = await lock_case(transaction, body.case_id, principal)
    if case.list_id != list_id:
        raise Problem(CASE_AT_ANOTHER_STEP, cases=[str(case.id)])
    objection_id = new_id()
    outcomes = decide(transaction, [case], lambda open_case: raise_objection(open_case, objection_id, transaction.now))
    await transaction.execute(
        """INSERT INTO objections (id, case_id, list_id, division, state, grounds, objector, raised_by, raised_at)
           VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8)""",
        objection_id,
        case.id,
        list_id,
        case.division,
        body.grounds,
        body.objector,
        principal.officer_id if body.objector else None,
        transaction.now,
    )
    await save(transaction, outcomes, Act(None, list_id))
    response.headers["Location"] = f"/v1/objections/{objection_id}"
    return _answer(await _find(transaction.connection, objection_id, principal), principal)


@router.get("/objections", summary="异议列表 · List objections")
async def list_objections(
    principal: Annotated[Principal, allow("cases:read")],
    connection: Read,
    updated_after: UpdatedAfter,
    request: Request,
    response: Response,
    division: Annotated[DivisionCode | None, Query()] = None,
    state: Literal["open", "upheld", "dismissed"] | None = None,
    case_id: UUID | None = None,
    publicity: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[ObjectionAnswer]:
    """In the order in which they were raised, within the caller's area. Who objected is never shown."""
    if division is not None:
        principal.require_area(division)
    rows = await connection.fetch(
        """SELECT * FROM objections
           WHERE division LIKE $1 AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR case_id = $3)
             AND ($4::uuid IS NULL OR list_id = $4)
             AND ($5::timestamptz IS NULL OR coalesce(resolved_at, raised_at) > $5)
             AND ($6::uuid IS NULL OR id > $6)
           ORDER BY id LIMIT $7""",
        f"{prefix(division or principal.division)}%",
        state,
        case_id,
        publicity,
        updated_after,
        read_id(request, cursor),
        limit,
    )
    last = [str(rows[-1]["id"])] if rows else None
    items = [_answer(row, principal) for row in rows]
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))


@router.get("/objections/{objection_id}", summary="查看一条异议 · One objection")
async def get_objection(
    objection_id: UUID, principal: Annotated[Principal, allow("cases:read")], connection: Read
) -> ObjectionAnswer:
    """Who objected is never shown."""
    return _answer(await _find(connection, objection_id, principal), principal)


@router.post("/objections/{objection_id}/resolution", summary="处理异议 · Resolve an objection")
async def resolve_publicity_objection(
    objection_id: UUID,
    body: ResolutionBody,
    principal: Annotated[Principal, allow("objections:resolve")],
    command: Later,
    context: Context,
) -> ObjectionAnswer:
    """Dismissed, its case goes on; upheld, it is rejected or sent back, with the reason given."""
    officer = principal.require_officer()
    case_id = await _case_of(context, objection_id, principal)
    transaction = await command.begin()
    case = await lock_case(transaction, case_id, principal)
    row = await _find(transaction.connection, objection_id, principal)
    if row["state"] != "open":
        raise Problem(OBJECTION_RESOLVED)
    outcomes = decide(
        transaction,
        [case],
        lambda open_case: resolve_objection(open_case, objection_id, body.outcome, return_to=body.return_to),
    )
    await save(transaction, outcomes, Act(officer, row["list_id"], {case.id: body.reason}))
    await transaction.execute(
        """UPDATE objections SET state = $2, resolution = $3, resolved_by = $4, resolved_at = $5 WHERE id = $1""",
        objection_id,
        body.outcome,
        body.reason,
        officer,
        transaction.now,
    )
    return _answer(await _find(transaction.connection, objection_id, principal), principal)
