"""Assessments beside the survey: corrections of a household's facts, and reading what was assessed."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from services.identification.assessments.facts import CausesBody, read_facts, refuse_contradictions
from services.identification.assessments.store import NewAssessment, add_assessments
from services.identification.evidence.store import require_evidence
from services.identification.households import find_household
from services.identification.policies.store import policy_in_force
from services.identification.problems import HOUSEHOLD_UNKNOWN
from shared.areas import prefix
from shared.auth import Principal
from shared.http.access import Context, allow
from shared.http.commands import Later, Read
from shared.http.route import Route
from shared.http.schemas import AS_NUMBER, Answer, Body, Digest
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["assessments"])


class AssessmentBody(Body):
    """A household's facts in a year, whole: what is absent is unknown."""

    household_id: UUID
    year: Annotated[int, Field(ge=1986, le=2100), AS_NUMBER]
    facts: dict[str, Any]
    causes: Annotated[CausesBody, Field(default_factory=CausesBody)]
    evidence: Annotated[list[Digest], Field(min_length=1, max_length=50)]


class AssessmentReference(Answer):
    id: UUID
    household_id: UUID
    year: int
    version: int


class AssessmentAnswer(AssessmentReference):
    """``facts`` are personal data: shown within the area only."""

    facts: dict[str, Any]
    main_cause: str | None
    causes: list[str]
    evidence: list[str]
    assessed_by: UUID
    assessed_at: datetime


class AssessmentList(Answer):
    items: list[AssessmentAnswer]


@router.post("/assessments", status_code=201, summary="记录评估 · Record an assessment")
async def record_assessment(
    body: AssessmentBody,
    principal: Annotated[Principal, allow("surveys:write")],
    command: Later,
    context: Context,
    response: Response,
) -> AssessmentReference:
    """A new immutable version of the household's facts in the year; earlier ones stay."""
    officer = principal.require_officer()
    facts = read_facts(body.facts)
    household = await find_household(context, body.household_id)
    if not principal.covers(household.division):
        raise Problem(HOUSEHOLD_UNKNOWN)
    transaction = await command.begin()
    policy = await policy_in_force(transaction.connection, household.division, body.year)
    await refuse_contradictions(transaction, policy, {"/facts": facts})
    await require_evidence(transaction, body.evidence, "/evidence")
    new = NewAssessment(
        household_id=household.id,
        division=household.division,
        year=body.year,
        facts=body.facts,
        main_cause=body.causes.main,
        causes=body.causes.others,
        surveyors=[],
        evidence=body.evidence,
        assessed_by=officer,
    )
    [assessment] = await add_assessments(transaction, [new])
    response.headers["Location"] = f"/v1/assessments?household_id={household.id}"
    return AssessmentReference(
        id=assessment.id, household_id=household.id, year=assessment.year, version=assessment.version
    )


@router.get("/assessments", summary="户的评估记录 · A household's assessments")
async def list_assessments(
    household_id: UUID,
    principal: Annotated[Principal, allow("households:personal")],
    connection: Read,
    year: Annotated[int | None, Query(ge=1986, le=2100)] = None,
) -> AssessmentList:
    """Every version, the newest first."""
    rows = await connection.fetch(
        """SELECT id, household_id, year, version, facts, main_cause, causes, evidence, assessed_by, assessed_at
           FROM assessments WHERE household_id = $1 AND division LIKE $2 AND ($3::int IS NULL OR year = $3)
           ORDER BY year DESC, version DESC""",
        household_id,
        f"{prefix(principal.division)}%",
        year,
    )
    return AssessmentList(items=[AssessmentAnswer(**dict(row)) for row in rows])
