"""Recording a home visit: facts in, an immutable assessment and its verdict out."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from services.identification.assessments.facts import CausesBody, read_facts, refuse_contradictions
from services.identification.assessments.store import NewAssessment, NewDecision, add_assessment, record_decisions
from services.identification.assessments.verdicts import ENTRY
from services.identification.cases.api import CaseAnswer, answer_case
from services.identification.cases.domain import survey
from services.identification.cases.store import Act, decide, lock_case, save
from services.identification.evidence.store import require_evidence
from services.identification.policies.store import policy_in_force
from services.identification.policy import Household, evaluate
from services.identification.problems import SURVEYORS_INCOMPLETE
from services.identification.surveys.domain import surveyors_complete
from shared.auth import Principal
from shared.clock import local_date
from shared.http.access import allow
from shared.http.commands import Write
from shared.http.route import Route
from shared.http.schemas import Body, Digest
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["cases"])


class SurveyorBody(Body):
    officer_id: UUID
    capacity: Literal["village_cadre", "group_cadre", "resident_cadre"]


class SurveyBody(Body):
    """The four looks (四看): facts by the reading's names; null is unknown."""

    visited_on: date
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
    officer = principal.require_officer()
    if not surveyors_complete([surveyor.capacity for surveyor in body.surveyors]):
        raise Problem(SURVEYORS_INCOMPLETE)
    facts = read_facts(body.facts)
    case = await lock_case(transaction, case_id, principal)
    await require_evidence(transaction, body.evidence, "/evidence")
    year = local_date(transaction.now).year
    policy = await policy_in_force(transaction.connection, case.division, year)
    await refuse_contradictions(transaction, policy, facts)
    household = Household(str(case_id), facts)
    [evaluation] = await evaluate(transaction.connection, policy, policy.criteria.procedures[ENTRY], [household])
    new = NewAssessment(
        household_id=case.household_id,
        division=case.division,
        year=year,
        facts=body.facts,
        main_cause=body.causes.main,
        causes=body.causes.others,
        surveyors=[surveyor.model_dump(mode="json") for surveyor in body.surveyors],
        evidence=body.evidence,
        assessed_by=officer,
    )
    assessment = await add_assessment(transaction, new)
    outcomes = decide(
        transaction,
        [case],
        lambda open_case: survey(open_case, assessment.id, assessment.version, evaluation.verdict),
    )
    await save(transaction, outcomes, Act(officer))
    await record_decisions(transaction, [NewDecision(case_id, assessment.id, policy.version, evaluation)])
    answer = await answer_case(transaction.connection, case_id, principal)
    return SurveyAnswer(
        **answer.model_dump(),
        assessment_id=assessment.id,
        assessment_version=assessment.version,
        criteria=evaluation.criteria,
        missing_facts=list(evaluation.missing_facts),
    )
