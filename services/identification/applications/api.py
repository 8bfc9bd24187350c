"""Step 1: a voluntary written application, with signature and fingerprint as evidence."""

from datetime import date
from typing import Annotated
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Response
from pydantic import Field

from services.identification.cases.api import CaseAnswer, answer_case
from services.identification.cases.case import Case
from services.identification.cases.domain import accept, submit
from services.identification.cases.store import Act, decide, insert, lock_case, save
from services.identification.evidence.store import require_evidence
from services.identification.households import find_household, learn
from services.identification.problems import ALREADY_REGISTERED, CASE_OPEN, HOUSEHOLD_UNKNOWN, OUT_OF_SCOPE
from services.identification.registrations.store import current_registrations
from shared.auth import Principal
from shared.database.transaction import Transaction
from shared.http.access import Context, allow
from shared.http.commands import Later, Write
from shared.http.route import Route
from shared.http.schemas import Body, Digest
from shared.ids import new_id
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["applications"])
Applicant = Annotated[Principal, allow("applications:write")]
EvidenceList = Annotated[list[Digest], Field(min_length=1, max_length=20)]


class ApplicationBody(Body):
    household_id: UUID
    applied_on: date
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
    await learn(transaction, [household])
    if not household.in_scope:
        raise Problem(OUT_OF_SCOPE)
    await require_evidence(transaction, body.evidence, "/evidence")
    kind = await _kind(transaction, household.id)
    case = Case(id=new_id(), household_id=household.id, division=household.division, kind=kind, submitted_by=officer)
    columns = {"applied_on": body.applied_on, "evidence": body.evidence}
    try:
        await insert(transaction, submit(case), columns, Act(officer))
    except asyncpg.UniqueViolationError:
        raise Problem(CASE_OPEN) from None
    response.headers["Location"] = f"/v1/cases/{case.id}"
    return await answer_case(transaction.connection, case.id, principal)


async def _kind(transaction: Transaction, household_id: UUID) -> str:
    registration = (await current_registrations(transaction.connection, [household_id])).get(household_id)
    if registration is None:
        return "entry"
    if registration.status == "poor":
        raise Problem(ALREADY_REGISTERED)
    return "return"


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
    return await answer_case(transaction.connection, case_id, principal)
