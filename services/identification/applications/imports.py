"""Step 1 for many households: a village's applications, written down on paper, entered in one call."""

from collections import Counter
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from services.identification.applications.api import Applicant, ApplicationBody
from services.identification.applications.opening import Application, open_cases
from services.identification.cases.reading import open_cases_of
from services.identification.households import find_households
from services.identification.problems import CASE_OPEN, HOUSEHOLD_UNKNOWN, HOUSEHOLDS_REPEATED
from shared.http.access import Context
from shared.http.commands import Later
from shared.http.route import Route
from shared.http.schemas import Answer, Body
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["applications"])
_NAMED = 50


class ApplicationImportBody(Body):
    """Applications of the caller's area; each household once."""

    applications: Annotated[list[ApplicationBody], Field(min_length=1, max_length=10_000)]


class ImportedApplication(Answer):
    household_id: UUID
    case_id: UUID


class ApplicationImportAnswer(Answer):
    """In the order of the applications."""

    cases: list[ImportedApplication]


@router.post("/application-imports", status_code=201, summary="批量录入申请 · Submit many applications")
async def import_applications(
    body: ApplicationImportBody, principal: Applicant, command: Later, context: Context
) -> ApplicationImportAnswer:
    """Opens a case for each, whole or not at all: what holds one back refuses all, naming the households."""
    officer = principal.require_officer()
    wanted = [one.household_id for one in body.applications]
    if repeated := [household_id for household_id, count in Counter(wanted).items() if count > 1]:
        raise Problem(HOUSEHOLDS_REPEATED, households=_named(repeated))
    known = await find_households(context, wanted)
    if unknown := [one for one in wanted if one not in known or not principal.covers(known[one].division)]:
        raise Problem(HOUSEHOLD_UNKNOWN, households=_named(unknown))
    transaction = await command.begin()
    if already := await open_cases_of(transaction.connection, wanted):
        raise Problem(CASE_OPEN, households=_named(already))
    applications = [
        Application(known[one.household_id], one.applied_on, one.evidence, f"/applications/{place}/evidence")
        for place, one in enumerate(body.applications)
    ]
    cases = await open_cases(transaction, officer, applications)
    return ApplicationImportAnswer(
        cases=[ImportedApplication(household_id=case.household_id, case_id=case.id) for case in cases]
    )


def _named(households: list[UUID]) -> list[str]:
    return [str(household_id) for household_id in households[:_NAMED]]
