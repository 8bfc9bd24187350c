"""The township's review: a decision per case, one list, one transaction."""

from collections import Counter
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.identification.cases.domain import review
from services.identification.cases.reading import households_of
from services.identification.cases.recusal import refuse_relatives
from services.identification.cases.store import Act, decide, save
from services.identification.lists.api import ListAnswer, answer_list, reading_router
from services.identification.lists.store import Entry, NewList, lock_listed, record_list
from services.identification.problems import REASON_REQUIRED
from services.identification.workflow import Stage, Step
from shared.auth import Principal
from shared.events.identification import TownshipReviewCompleted
from shared.http.access import Context, allow
from shared.http.commands import Later
from shared.http.route import Route
from shared.http.schemas import Body, DivisionCode, LongText
from shared.ids import new_id
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["township-reviews"])
reading = reading_router("township-reviews", "township_review", "乡镇审核", "township reviews")


class DecisionBody(Body):
    """A reason is required to reject or return; ``return_to`` names the earlier step."""

    case_id: UUID
    decision: Literal["approve", "reject", "return"]
    reason: LongText | None = None
    return_to: Step | None = None


class ReviewBody(Body):
    """The township's decisions; what is approved is reported to the county."""

    division: DivisionCode
    decisions: Annotated[list[DecisionBody], Field(min_length=1, max_length=10_000)]


@router.post("/township-reviews", status_code=201, summary="乡镇审核 · Review a list of cases")
async def review_cases(
    body: ReviewBody,
    principal: Annotated[Principal, allow("reviews:write")],
    command: Later,
    context: Context,
    response: Response,
) -> ListAnswer:
    """Nobody reviews what they themselves submitted, nor a relative's case."""
    officer = principal.require_officer()
    principal.require_area(body.division)
    _check_reasons(body.decisions)
    case_ids = [decision.case_id for decision in body.decisions]
    async with context.database.connection() as connection:
        households = await households_of(connection, case_ids)
    await refuse_relatives(context, principal, households)
    transaction = await command.begin()
    cases = await lock_listed(transaction, principal, body.division, case_ids, Step.TOWNSHIP_REVIEW, Stage.REVIEW)
    decisions = {decision.case_id: decision for decision in body.decisions}
    list_id = new_id()
    outcomes = decide(
        transaction,
        cases,
        lambda case: review(
            case, list_id, decisions[case.id].decision, officer, return_to=decisions[case.id].return_to
        ),
    )
    reasons = {decision.case_id: decision.reason for decision in body.decisions if decision.reason}
    await save(transaction, outcomes, Act(officer, list_id, reasons))
    counted = Counter(decision.decision for decision in body.decisions)
    details = {"approved": counted["approve"], "rejected": counted["reject"], "returned": counted["return"]}
    new = NewList(list_id, "township_review", Step.TOWNSHIP_REVIEW, body.division, officer, len(cases), details)
    entries = [Entry(one.case_id, one.decision, reason=one.reason) for one in body.decisions]
    recorded = await record_list(transaction, new, entries)
    event = TownshipReviewCompleted(list_id=list_id, cases=len(cases), **details)
    transaction.emit(event, division=body.division, sequence=1)
    response.headers["Location"] = f"/v1/township-reviews/{list_id}"
    return answer_list(recorded, principal, transaction.now)


def _check_reasons(decisions: list[DecisionBody]) -> None:
    unexplained = [
        str(one.case_id)
        for one in decisions
        if (one.decision != "approve" and not one.reason) or (one.decision == "return" and one.return_to is None)
    ]
    if unexplained:
        raise Problem(REASON_REQUIRED, cases=unexplained)
