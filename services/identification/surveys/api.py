"""Recording a home visit: facts in, an immutable assessment and its verdict out."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from services.identification.assessments.facts import CausesBody, read_facts
from services.identification.cases.api import CaseAnswer, answer_case
from services.identification.problems import SURVEYORS_INCOMPLETE
from services.identification.surveys.domain import surveyors_complete
from services.identification.surveys.recording import Visit, record_visits
from shared.auth import Principal
from shared.http.access import allow
from shared.http.commands import Write
from shared.http.route import Route
from shared.http.schemas import Body, Day, Digest
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["cases"])


class SurveyorBody(Body):
    officer_id: UUID
    capacity: Literal["village_cadre", "group_cadre", "resident_cadre"]


class SurveyBody(Body):
    """The four looks (四看): facts by the reading's names; null is unknown."""

    visited_on: Day
    surveyors: Annotated[list[SurveyorBody], Field(min_length=2, max_length=20)]
    facts: dict[str, Any]
    causes: Annotated[CausesBody, Field(default_factory=CausesBody)]
    evidence: Annotated[list[Digest], Field(min_length=1, max_length=50)]


class SurveyAnswer(CaseAnswer):
    """The case, with the facts that would decide an undetermined verdict."""

    assessment_id: UUID
    assessment_version: int
    criteria: dict[str, bool | None]
    missing_facts: list[str]


@router.post("/cases/{case_id}/survey", summary="入户调查 · Record a home visit")
async def survey_household(
    case_id: UUID,
    body: SurveyBody,
    principal: Annotated[Principal, allow("surveys:write")],
    transaction: Write,
) -> SurveyAnswer:
    """Eligible goes on to the village; ineligible is rejected; undetermined stays and names its open facts."""
    principal.require_officer()
    surveyed = (await record_visits(transaction, principal, [visit_of(case_id, body)]))[case_id]
    answer = await answer_case(transaction.connection, case_id, principal, transaction.now)
    return SurveyAnswer(
        **answer.model_dump(),
        assessment_id=surveyed.assessment.id,
        assessment_version=surveyed.assessment.version,
        criteria=surveyed.evaluation.criteria,
        missing_facts=list(surveyed.evaluation.missing_facts),
    )


def visit_of(case_id: UUID, body: SurveyBody, pointer: str = "") -> Visit:
    """Raises ``surveyors-incomplete`` and ``facts-invalid``."""
    if not surveyors_complete([surveyor.capacity for surveyor in body.surveyors]):
        raise Problem(SURVEYORS_INCOMPLETE)
    return Visit(
        case_id=case_id,
        raw=body.facts,
        facts=read_facts(body.facts, f"{pointer}/facts"),
        main_cause=body.causes.main,
        causes=body.causes.others,
        surveyors=[surveyor.model_dump(mode="json") for surveyor in body.surveyors],
        evidence=body.evidence,
        pointer=pointer,
    )
