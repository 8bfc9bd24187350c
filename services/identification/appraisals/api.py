"""Holding an appraisal: one meeting, one list, one transaction."""

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.identification.appraisals.domain import Meeting, Votes, needs_reasons, passed
from services.identification.cases.case import Case
from services.identification.cases.domain import appraise
from services.identification.cases.store import Act, decide, save
from services.identification.evidence.store import require_evidence
from services.identification.lists.api import ListAnswer, answer_list, reading_router
from services.identification.lists.store import Entry, NewList, lock_listed, record_list
from services.identification.policies.store import policy_in_force, ratio
from services.identification.problems import (
    CAPACITY_MISSING,
    QUORUM_NOT_MET,
    REASONS_REQUIRED,
    VOTES_EXCEED_ROLL,
)
from services.identification.workflow import Stage, Step
from shared.auth import Principal
from shared.clock import local_date
from shared.events import identification as contract
from shared.http.access import allow
from shared.http.commands import Write
from shared.http.route import Route
from shared.http.schemas import AS_NUMBER, Body, Count, Day, Digest, DivisionCode, LongText, Text
from shared.ids import new_id
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["appraisals"])
reading = reading_router("appraisals", "appraisal", "评议", "appraisals")
Capacity = Literal[
    "villager", "villager_representative", "supervisor", "village_cadre", "resident_cadre", "group_cadre"
]


class VoteBody(Body):
    """The votes on one case; ``reasons`` where an eligible household met votes against it."""

    case_id: UUID
    in_favour: Count
    against: Count
    abstained: Count = 0
    reasons: LongText | None = None

    @cached_property
    def votes(self) -> Votes:
        return Votes(self.in_favour, self.against, self.abstained)


class AppraisalBody(Body):
    """A meeting: its roll, who was present by capacity, its minutes, and the votes on each case."""

    step: Literal["group_appraisal", "village_appraisal"]
    division: DivisionCode
    held_on: Day
    place: Text
    roll: Annotated[int, Field(ge=1, le=1_000_000), AS_NUMBER]
    present: dict[Capacity, Count]
    minutes: Digest
    results: Annotated[list[VoteBody], Field(min_length=1, max_length=10_000)]


@router.post("/appraisals", status_code=201, summary="记录民主评议 · Record an appraisal")
async def hold_appraisal(
    body: AppraisalBody,
    principal: Annotated[Principal, allow("appraisals:write")],
    transaction: Write,
    response: Response,
) -> ListAnswer:
    """Whole or not at all: no quorum, a capacity missing or one case of another step refuses the list."""
    officer = principal.require_officer()
    principal.require_area(body.division)
    step = Step(body.step)
    meeting = Meeting(step, body.roll, body.present)
    policy = await policy_in_force(transaction.connection, body.division, local_date(transaction.now).year)
    _check_meeting(meeting, body, ratio(policy, "quorum"))
    await require_evidence(transaction, [body.minutes], "/minutes")
    results = {result.case_id: result for result in body.results}
    case_ids = [result.case_id for result in body.results]
    cases = await lock_listed(transaction, principal, body.division, case_ids, step, Stage.APPRAISAL)
    _check_reasons(step, cases, results)
    pass_ratio = ratio(policy, "pass_ratio")
    in_favour = {case_id for case_id, result in results.items() if passed(result.votes, pass_ratio)}
    list_id = new_id()
    outcomes = decide(transaction, cases, lambda case: appraise(case, list_id, passed=case.id in in_favour))
    reasons = {case_id: result.reasons for case_id, result in results.items() if result.reasons}
    await save(transaction, outcomes, Act(officer, list_id, reasons))
    details = {
        "held_on": body.held_on.isoformat(),
        "place": body.place,
        "roll": body.roll,
        "present": body.present,
        "minutes": body.minutes,
        "passed": len(in_favour),
        "policy_version": policy.version,
    }
    new = NewList(list_id, "appraisal", step, body.division, officer, len(cases), details)
    entries = [_entry(result, result.case_id in in_favour) for result in body.results]
    recorded = await record_list(transaction, new, entries)
    header = contract.VillageAppraisalHeld if step is Step.VILLAGE_APPRAISAL else contract.GroupAppraisalHeld
    event = header(list_id=list_id, cases=len(cases), passed=len(in_favour))
    transaction.emit(event, division=body.division, sequence=1)
    response.headers["Location"] = f"/v1/appraisals/{list_id}"
    return answer_list(recorded, principal, transaction.now)


def _check_meeting(meeting: Meeting, body: AppraisalBody, quorum: Fraction) -> None:
    if missing := meeting.missing_capacities():
        raise Problem(CAPACITY_MISSING, capacities=missing)
    if meeting.attendance > meeting.roll:
        raise Problem(VOTES_EXCEED_ROLL)
    if not meeting.has_quorum(quorum):
        raise Problem(QUORUM_NOT_MET)
    if too_many := [str(result.case_id) for result in body.results if not meeting.can_hold(result.votes)]:
        raise Problem(VOTES_EXCEED_ROLL, cases=too_many)


def _check_reasons(step: Step, cases: list[Case], results: dict[UUID, VoteBody]) -> None:
    unexplained = [
        str(case.id)
        for case in cases
        if needs_reasons(step, results[case.id].votes, case.verdict) and not results[case.id].reasons
    ]
    if unexplained:
        raise Problem(REASONS_REQUIRED, cases=unexplained)


def _entry(result: VoteBody, in_favour: bool) -> Entry:
    votes = (result.in_favour, result.against, result.abstained)
    return Entry(result.case_id, "passed" if in_favour else "failed", votes, result.reasons)
