"""Cleaning a list of cases, and the issues of one."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Response
from pydantic import Field

from services.identification.assessments.verdicts import by_policy, evaluate_cases
from services.identification.cases import reading as cases_reading
from services.identification.cases.case import Case, Outcome
from services.identification.cases.domain import clean
from services.identification.cases.store import Act, decide, save
from services.identification.cleaning import store
from services.identification.cleaning.records import Member, Records, read_member
from services.identification.cleaning.rules import CONSISTENCY, RULES, Issue, find_issues
from services.identification.lists.api import ListAnswer, answer_list, reading_router
from services.identification.lists.store import Entry, NewList, lock_listed, record_list
from services.identification.policy import load_criteria
from services.identification.problems import CASE_CLOSED
from services.identification.workflow import Stage, Step
from shared.auth import Principal
from shared.clock import local_date
from shared.context import ServiceContext
from shared.database.transaction import Transaction
from shared.events.identification import DataCleaningCompleted
from shared.http.access import Context, allow
from shared.http.commands import Later, Read
from shared.http.route import Route
from shared.http.schemas import Answer, Body, DivisionCode
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import CONFLICT, NOT_FOUND

KIND = "data_cleaning"
_NAMED = 50
router = APIRouter(prefix="/v1", route_class=Route, tags=["data-cleanings"])
reading = reading_router("data-cleanings", KIND, "数据清洗", "data cleanings")
routers = (router, reading)


class CleaningBody(Body):
    division: DivisionCode
    cases: Annotated[list[UUID], Field(min_length=1, max_length=10_000)]


class IssueText(Answer):
    zh: str
    en: str


class IssueAnswer(Answer):
    """``member_id`` is absent where the issue is the household's; ``state``: open, mended."""

    id: UUID
    rule: str
    text: IssueText
    member_id: UUID | None
    state: str
    found_at: datetime
    mended_at: datetime | None


class IssuesAnswer(Answer):
    items: list[IssueAnswer]


@router.post("/data-cleanings", status_code=201, summary="数据清洗 · Clean a list of cases")
async def clean_cases(
    body: CleaningBody,
    principal: Annotated[Principal, allow("data:clean")],
    command: Later,
    context: Context,
    response: Response,
) -> ListAnswer:
    """Finds the issues in the records of each household; a case without one goes on, with the verdict of the day."""
    officer = principal.require_officer()
    principal.require_area(body.division)
    members = await _ask_members(context, principal, officer, body.cases)
    transaction = await command.begin()
    step, list_id = Step.DATA_CLEANING, new_id()
    cases = await lock_listed(transaction, principal, body.division, body.cases, step, Stage.CLEANING)
    _require_read(cases, members)
    outcomes = await _clean(transaction, cases, list_id, members)
    await save(transaction, outcomes, Act(officer, list_id))
    entries = [Entry(outcome.case.id, "issues" if outcome.case.open_issues else "clean") for outcome in outcomes]
    cleaned = sum(entry.outcome == "clean" for entry in entries)
    issues = sum(outcome.case.open_issues for outcome in outcomes)
    details = {"clean": cleaned, "open_issues": issues}
    recorded = await record_list(
        transaction, NewList(list_id, KIND, step, body.division, officer, len(cases), details), entries
    )
    event = DataCleaningCompleted(list_id=list_id, cases=len(cases), clean=cleaned)
    transaction.emit(event, division=body.division, sequence=1)
    response.headers["Location"] = f"/v1/data-cleanings/{list_id}"
    return answer_list(recorded, principal, transaction.now)


Members = dict[UUID, list[Member]]
"""By household."""


async def _ask_members(
    context: ServiceContext, principal: Principal, officer: UUID, case_ids: Sequence[UUID]
) -> Members:
    """The records of the cases' households. Nobody's are opened for a list that will be refused."""
    async with context.database.connection() as connection:
        households = await store.waiting_households(connection, case_ids, principal.division)
    if len(households) < len(case_ids):
        return {}
    question = {"household_ids": [str(one) for one in households], "requested_by": str(officer)}
    members: Members = {household_id: [] for household_id in households}
    async for line in context.peers.stream("households", "member-records", question):
        record = orjson.loads(line)
        members[UUID(record["household_id"])].append(read_member(record))
    return members


def _require_read(cases: Sequence[Case], members: Members) -> None:
    """A case that is closed, or that was not waiting yet when the records were asked for."""
    if closed := [case for case in cases if case.state != "open"]:
        raise Problem(CASE_CLOSED, cases=[str(case.id) for case in closed[:_NAMED]])
    if any(case.household_id not in members for case in cases):
        raise Problem(CONFLICT)


async def _clean(transaction: Transaction, cases: Sequence[Case], list_id: UUID, members: Members) -> list[Outcome]:
    groups = await by_policy(transaction, cases)
    facts = await store.facts_by_case(transaction, groups)
    verdicts = await evaluate_cases(transaction, cases, groups)
    today = local_date(transaction.now)
    issues: dict[UUID, list[Issue]] = {
        case.id: find_issues(Records(today, members[case.household_id], facts.get(case.id))) for case in cases
    }
    changes = await store.record_issues(transaction, issues)
    return decide(
        transaction,
        cases,
        lambda case: clean(
            case,
            list_id,
            found=changes.found.get(case.id, ()),
            mended=changes.mended.get(case.id, ()),
            verdict=verdicts[case.id].verdict,
        ),
    )


@router.get("/cases/{case_id}/data-issues", summary="事项的数据问题 · The data issues of a case", tags=["cases"])
async def list_data_issues(
    case_id: UUID, principal: Annotated[Principal, allow("cases:read")], connection: Read
) -> IssuesAnswer:
    """The open ones first, each with its rule's text in both languages."""
    case = await cases_reading.case(connection, case_id)
    if case is None or not principal.covers(case["division"]):
        raise Problem(NOT_FOUND)
    rows = await store.issues_of(connection, case_id)
    return IssuesAnswer(items=[IssueAnswer(**dict(row), text=_text(row["rule"])) for row in rows])


def _text(rule: str) -> IssueText:
    """A rule that is no longer there is shown by its id: its issues stay on record."""
    if rule in RULES:
        return IssueText(zh=RULES[rule].zh, en=RULES[rule].en)
    return _contradiction_texts().get(rule, IssueText(zh=rule, en=rule))


@cache
def _contradiction_texts() -> dict[str, IssueText]:
    contradictions = load_criteria().contradictions.items()
    return {f"{CONSISTENCY}{name}": IssueText(zh=one.text.zh, en=one.text.en) for name, one in contradictions}
