"""Step 3 for many households: the visits of a village, written down on paper or offline, entered in one call."""

from collections import Counter
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from services.identification.surveys.api import SurveyBody, visit_of
from services.identification.surveys.recording import record_visits
from shared.auth import Principal
from shared.http.access import allow
from shared.http.commands import Write
from shared.http.route import Route
from shared.http.schemas import Answer, Body

router = APIRouter(prefix="/v1", route_class=Route, tags=["cases"])


class VisitBody(SurveyBody):
    case_id: UUID


class SurveyImportBody(Body):
    """Visits to households of the caller's area; each case once."""

    surveys: Annotated[list[VisitBody], Field(min_length=1, max_length=10_000)]


class SurveyImportAnswer(Answer):
    """How many came to which verdict; each case tells its own."""

    verdicts: dict[Literal["eligible", "ineligible", "undetermined"], int]


@router.post("/survey-imports", status_code=201, summary="批量录入入户调查 · Record many home visits")
async def import_surveys(
    body: SurveyImportBody, principal: Annotated[Principal, allow("surveys:write")], transaction: Write
) -> SurveyImportAnswer:
    """Whole or not at all: one case of another step, or one contradiction among the facts, refuses all."""
    principal.require_officer()
    visits = [visit_of(one.case_id, one, f"/surveys/{place}") for place, one in enumerate(body.surveys)]
    surveyed = await record_visits(transaction, principal, visits)
    counted = Counter(one.evaluation.verdict for one in surveyed.values())
    return SurveyImportAnswer.model_validate({"verdicts": counted})
