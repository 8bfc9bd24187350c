"""A case as callers see it, and what may be done to it at any step: reject, return, withdraw."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.identification.cases import reading
from services.identification.cases.domain import Caller, available_actions, reject, return_to_step, withdraw
from services.identification.cases.recusal import refuse_relatives
from services.identification.cases.store import Act, case_of, decide, lock_case, save
from services.identification.workflow import Stage, Step
from shared.auth import Principal
from shared.context import ServiceContext
from shared.http.access import Context, allow
from shared.http.commands import Later, PolicyNow, Read, Write
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_id
from shared.http.route import Route
from shared.http.schemas import Answer, Body, DivisionCode, LongText, Page
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

if TYPE_CHECKING:
    from shared.database.transaction import Connection

router = APIRouter(prefix="/v1", route_class=Route, tags=["cases"])
Reader = Annotated[Principal, allow("cases:read")]
Decider = Annotated[Principal, allow("cases:decide")]


class HistoryEntry(Answer):
    """One event of the case: when, what, by whom and why."""

    sequence: int
    at: datetime
    event: str
    step: str
    stage: str
    state: str
    officer_id: UUID | None
    list_id: UUID | None
    reason: str | None


class CaseSummary(Answer):
    id: UUID
    kind: str
    step: str
    stage: str
    state: str
    household_id: UUID
    division: str
    verdict: str | None
    open_objections: int
    open_suspects: int
    open_issues: int
    publicity_id: UUID | None
    publicity_ends_at: datetime | None
    version: int
    updated_at: datetime
    available_actions: list[str]


class CaseAnswer(CaseSummary):
    history: list[HistoryEntry]


class ReasonBody(Body):
    reason: LongText


class ReturnBody(Body):
    to_step: Step
    reason: LongText


def _summary(row: Any, principal: Principal, now: datetime) -> dict[str, Any]:
    case = case_of(row)
    names = CaseSummary.model_fields.keys() - {"publicity_id", "available_actions"}
    caller = Caller(principal.scopes, principal.officer_id, principal.role, principal.division)
    actions = available_actions(case, caller, now)
    return {name: row[name] for name in names} | {"publicity_id": case.list_id, "available_actions": actions}


async def answer_case(connection: "Connection", case_id: UUID, principal: Principal, now: datetime) -> CaseAnswer:
    row = await reading.case_with_history(connection, case_id)
    if row is None or not principal.covers(row["division"]):
        raise Problem(NOT_FOUND)
    return CaseAnswer(**_summary(row, principal, now), history=row["history"])


@router.get("/cases/{case_id}", summary="查看一个事项 · One case")
async def get_case(
    case_id: UUID, principal: Reader, connection: Read, now: PolicyNow, response: Response
) -> CaseAnswer:
    """With its history and what the caller may do next."""
    answer = await answer_case(connection, case_id, principal, now)
    response.headers["ETag"] = f'"{answer.version}"'
    return answer


@router.get("/cases", summary="事项列表 · List cases")
async def list_cases(
    principal: Reader,
    connection: Read,
    now: PolicyNow,
    updated_after: UpdatedAfter,
    request: Request,
    response: Response,
    division: Annotated[DivisionCode | None, Query()] = None,
    step: Step | None = None,
    state: Annotated[str | None, Query(pattern="^(open|identified|exited|rejected|withdrawn)$")] = None,
    kind: Annotated[str | None, Query(pattern="^(entry|return)$")] = None,
    stage: Stage | None = None,
    household_id: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[CaseSummary]:
    """In the order of their ids, within the caller's area."""
    if division is not None:
        principal.require_area(division)
    rows = await reading.cases(
        connection,
        area=division or principal.division,
        after=read_id(request, cursor),
        limit=limit,
        step=step.value if step else None,
        state=state,
        kind=kind,
        stage=stage.value if stage else None,
        household_id=household_id,
        updated_after=updated_after,
    )
    items = [CaseSummary(**_summary(row, principal, now)) for row in rows]
    last = [str(rows[-1]["id"])] if rows else None
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))


@router.post("/cases/{case_id}/rejection", summary="驳回 · Reject a case")
async def reject_case(
    case_id: UUID, body: ReasonBody, principal: Decider, command: Later, context: Context
) -> CaseAnswer:
    """At any step, with a reason; never by a relative of the household."""
    officer = principal.require_officer()
    await _refuse_relative(context, principal, case_id)
    transaction = await command.begin()
    case = await lock_case(transaction, case_id, principal)
    outcomes = decide(transaction, [case], reject)
    await save(transaction, outcomes, Act(officer, reasons={case_id: body.reason}))
    return await answer_case(transaction.connection, case_id, principal, transaction.now)


@router.post("/cases/{case_id}/return", summary="退回 · Return a case to an earlier step")
async def return_case(
    case_id: UUID, body: ReturnBody, principal: Decider, command: Later, context: Context
) -> CaseAnswer:
    """To the earlier step named, with a reason; never by a relative of the household."""
    officer = principal.require_officer()
    await _refuse_relative(context, principal, case_id)
    transaction = await command.begin()
    case = await lock_case(transaction, case_id, principal)
    outcomes = decide(transaction, [case], lambda open_case: return_to_step(open_case, body.to_step))
    await save(transaction, outcomes, Act(officer, reasons={case_id: body.reason}))
    return await answer_case(transaction.connection, case_id, principal, transaction.now)


@router.post("/cases/{case_id}/withdrawal", summary="撤回申请 · Withdraw an application")
async def withdraw_case(
    case_id: UUID,
    body: ReasonBody,
    principal: Annotated[Principal, allow("applications:write")],
    transaction: Write,
) -> CaseAnswer:
    """By the household, at any step."""
    officer = principal.require_officer()
    case = await lock_case(transaction, case_id, principal)
    outcomes = decide(transaction, [case], withdraw)
    await save(transaction, outcomes, Act(officer, reasons={case_id: body.reason}))
    return await answer_case(transaction.connection, case_id, principal, transaction.now)


async def _refuse_relative(context: ServiceContext, principal: Principal, case_id: UUID) -> None:
    async with context.database.connection() as connection:
        households = await reading.households_of(connection, [case_id])
    await refuse_relatives(context, principal, households)
