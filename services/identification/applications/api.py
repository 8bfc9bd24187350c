"""Step 1: a voluntary written application, with signature and fingerprint as evidence."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.identification.applications.opening import Application, open_cases
from services.identification.cases.api import CaseAnswer, answer_case
from services.identification.cases.domain import accept
from services.identification.cases.store import Act, decide, lock_case, save
from services.identification.evidence.store import require_evidence
from services.identification.households import find_household
from services.identification.problems import HOUSEHOLD_UNKNOWN
from shared.auth import Principal
from shared.http.access import Context, allow
from shared.http.commands import Later, Write
from shared.http.route import Route
from shared.http.schemas import Body, Day, Digest
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["applications"])
Applicant = Annotated[Principal, allow("applications:write")]
EvidenceList = Annotated[list[Digest], Field(min_length=1, max_length=20)]


class ApplicationBody(Body):
    household_id: UUID
    applied_on: Day
    evidence: EvidenceList


class ResubmissionBody(Body):
    evidence: EvidenceList


@router.post("/applications", status_code=201, summary="提交申请 · Submit an application")
async def submit_application(
    body: ApplicationBody, principal: Applicant, command: Later, context: Context, response: Response
) -> CaseAnswer:
    """Opens a case and accepts it: in scope, no other open case, not registered poor already.

    A household that had exited poverty opens a case of kind `return`.
    """
    officer = principal.require_officer()
    household = await find_household(context, body.household_id)
    if not principal.covers(household.division):
        raise Problem(HOUSEHOLD_UNKNOWN)
    transaction = await command.begin()
    application = Application(household, body.applied_on, body.evidence, "/evidence")
    [case] = await open_cases(transaction, officer, [application])
    response.headers["Location"] = f"/v1/cases/{case.id}"
    return await answer_case(transaction.connection, case.id, principal, transaction.now)


@router.post("/cases/{case_id}/resubmission", summary="重新提交申请 · Hand in a returned application again")
async def resubmit_application(
    case_id: UUID, body: ResubmissionBody, principal: Applicant, transaction: Write
) -> CaseAnswer:
    """For a case that was returned to its first step."""
    officer = principal.require_officer()
    case = await lock_case(transaction, case_id, principal)
    await require_evidence(transaction, body.evidence, "/evidence")
    await save(transaction, decide(transaction, [case], accept), Act(officer))
    await transaction.execute("UPDATE cases SET evidence = evidence || $2 WHERE id = $1", case_id, body.evidence)
    return await answer_case(transaction.connection, case_id, principal, transaction.now)
