"""Posting a publicity, its printed notice, and the report that it has ended."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from services.identification.cases.domain import post
from services.identification.cases.store import Act, decide, save
from services.identification.lists.api import ListAnswer, answer_list, answer_list_by_id, reading_router
from services.identification.lists.store import Entry, NewList, find_list, lock_listed, record_list
from services.identification.policies.store import policy_in_force, publicity_days
from services.identification.problems import PUBLICITY_NOT_OVER
from services.identification.publicities.ending import TIMER, end_publicities
from services.identification.publicities.notice import NoticeLine, render_notice
from services.identification.publicities.reading import households_by_case, objections_of
from services.identification.workflow import Stage, Step
from shared.auth import Principal
from shared.clock import end_of_day, local_date
from shared.events import identification as contract
from shared.http.access import Context, allow
from shared.http.commands import Read, Write
from shared.http.route import Route
from shared.http.schemas import Answer, Body, DivisionCode, Page, Text
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import NOT_FOUND
from shared.runtime.timers import set_timer

router = APIRouter(prefix="/v1", route_class=Route, tags=["publicities"])
reading = reading_router("publicities", "publicity", "公示", "publicities")


class PublicityBody(Body):
    """Where the list of cases is posted; the period is the policy's."""

    step: Literal["group_appraisal", "village_appraisal"]
    division: DivisionCode
    place: Text
    cases: Annotated[list[UUID], Field(min_length=1, max_length=10_000)]


class ObjectionSummary(Answer):
    """An objection as everybody may know of it: never who objected."""

    id: UUID
    case_id: UUID
    state: str
    raised_at: datetime
    resolved_at: datetime | None


@router.post("/publicities", status_code=201, summary="张榜公示 · Post a publicity")
async def post_publicity(
    body: PublicityBody,
    principal: Annotated[Principal, allow("publicities:write")],
    transaction: Write,
    response: Response,
) -> ListAnswer:
    """Posted on day D for n days it ends at 24:00 China time of day D+n, by the clock alone."""
    officer = principal.require_officer()
    principal.require_area(body.division)
    step, today = Step(body.step), local_date(transaction.now)
    policy = await policy_in_force(transaction.connection, body.division, today.year)
    ends_at = end_of_day(publicity_days(policy).last_day(step.value, today))
    cases = await lock_listed(transaction, principal, body.division, body.cases, step, Stage.POSTING)
    list_id = new_id()
    outcomes = decide(transaction, cases, lambda case: post(case, list_id, ends_at))
    await save(transaction, outcomes, Act(officer, list_id))
    details = {"place": body.place, "posted_on": today.isoformat(), "policy_version": policy.version}
    new = NewList(list_id, "publicity", step, body.division, officer, len(cases), details, "posted", ends_at)
    recorded = await record_list(transaction, new, [Entry(case.id, "posted") for case in cases])
    await set_timer(transaction, TIMER, list_id, ends_at)
    header = contract.VillagePublicityStarted if step is Step.VILLAGE_APPRAISAL else contract.GroupPublicityStarted
    event = header(list_id=list_id, cases=len(cases), ends_at=ends_at)
    transaction.emit(event, division=body.division, sequence=1)
    response.headers["Location"] = f"/v1/publicities/{list_id}"
    return answer_list(recorded, principal, transaction.now)


@router.post("/publicities/{list_id}/ending", summary="确认公示期满 · Confirm that a publicity has ended")
async def confirm_publicity_ended(
    list_id: UUID, principal: Annotated[Principal, allow("publicities:write")], transaction: Write
) -> ListAnswer:
    """Tells what the clock has decided; before the end it is refused, for nobody ends a publicity early."""
    row = await find_list(transaction.connection, "publicity", list_id, principal)
    if row is None:
        raise Problem(NOT_FOUND)
    if transaction.now < row["ends_at"]:
        ends_at: datetime = row["ends_at"]
        raise Problem(PUBLICITY_NOT_OVER, ends_at=ends_at.isoformat())
    await end_publicities(transaction, [list_id])
    return await answer_list_by_id(transaction.connection, "publicity", list_id, principal, transaction.now)


@router.get("/publicities/{list_id}/notice", summary="公示榜文 · The notice to print", response_class=HTMLResponse)
async def get_publicity_notice(
    list_id: UUID, principal: Annotated[Principal, allow("cases:read")], context: Context
) -> HTMLResponse:
    """An HTML page to print, in Chinese and English, with names and ID numbers masked."""
    async with context.database.connection() as connection:
        row = await find_list(connection, "publicity", list_id, principal)
        if row is None:
            raise Problem(NOT_FOUND)
        households = await households_by_case(connection, list_id)
    question = {"household_ids": [str(household) for household in households.values()]}
    answer = await context.peers.ask("households", "masked-names", question)
    masked = {item["household_id"]: item for item in answer["households"]}
    lines = [
        NoticeLine(masked[str(household)]["name"], masked[str(household)]["id_number"])
        for household in households.values()
        if str(household) in masked
    ]
    return HTMLResponse(render_notice(row, lines))


@router.get("/publicities/{list_id}/objections", summary="公示期间的异议 · Objections to a publicity")
async def list_publicity_objections(
    list_id: UUID, principal: Annotated[Principal, allow("cases:read")], connection: Read
) -> Page[ObjectionSummary]:
    """Which cases met objections, and what became of them; never who objected."""
    if await find_list(connection, "publicity", list_id, principal) is None:
        raise Problem(NOT_FOUND)
    rows = await objections_of(connection, list_id)
    return Page[ObjectionSummary](items=[ObjectionSummary(**row) for row in rows])
