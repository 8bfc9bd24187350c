"""Suspects: reading them, and verifying one again."""

from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.identification.cases.domain import verify_suspect
from services.identification.cases.recusal import refuse_relatives
from services.identification.cases.store import Act, decide, lock_case, save
from services.identification.comparison import signing
from services.identification.comparison.domain import (
    NEED_EVIDENCE,
    OPEN,
    Level,
    VerificationRefused,
    awaits_verification,
    signatory,
)
from services.identification.comparison.schemas import (
    SignatureAnswer,
    SuspectAnswer,
    SuspectSummary,
    VerificationBody,
)
from services.identification.evidence.store import require_evidence
from services.identification.problems import BY_CODE, EVIDENCE_REQUIRED, SUSPECT_SIGNATORY
from services.identification.workflow import Action
from shared.auth import Principal
from shared.database.transaction import Transaction
from shared.http.access import Context, allow
from shared.http.commands import Later, Read
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_id
from shared.http.route import Route
from shared.http.schemas import DivisionCode, Page
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

if TYPE_CHECKING:
    from shared.database.transaction import Connection

router = APIRouter(prefix="/v1/suspects", route_class=Route, tags=["suspects"])
Reader = Annotated[Principal, allow("cases:read")]
State = Literal["open", "refuted", "cleared", "confirmed"]
_SEEING = frozenset({"suspects:verify", "comparisons:write"})
"""Who sees what a suspicion rests on."""


def _summary(row: Any, principal: Principal) -> dict[str, Any]:
    names = SuspectSummary.model_fields.keys() - {"comparison_id", "available_actions"}
    told = {name: row[name] for name in names} | {"comparison_id": row["list_id"]}
    if not principal.scopes & _SEEING:
        told |= {"kind": None, "criterion": None}
    return told | {"available_actions": _actions(row, principal)}


def _actions(row: Any, principal: Principal) -> list[str]:
    level = signatory(principal.role, principal.division)
    awaited = signing.verification_of(row).awaited
    possible = level is not None and level is awaited and awaits_verification(*row["standing"])
    return [Action.VERIFY_SUSPECT.value] if possible and "suspects:verify" in principal.scopes else []


@router.get("", summary="疑似对象列表 · List suspects")
async def list_suspects(
    principal: Reader,
    connection: Read,
    updated_after: UpdatedAfter,
    request: Request,
    response: Response,
    division: Annotated[DivisionCode | None, Query()] = None,
    state: State | None = None,
    case_id: UUID | None = None,
    comparison: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[SuspectSummary]:
    """In the order in which they were raised, within the caller's area."""
    if division is not None:
        principal.require_area(division)
    rows = await signing.page(
        connection,
        area=division or principal.division,
        after=read_id(request, cursor),
        limit=limit,
        updated_after=updated_after,
        state=state,
        case_id=case_id,
        list_id=comparison,
    )
    last = [str(rows[-1]["id"])] if rows else None
    items = [SuspectSummary(**_summary(row, principal)) for row in rows]
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))


async def _answer(connection: "Connection", suspect_id: UUID, principal: Principal) -> SuspectAnswer:
    row = await signing.find(connection, suspect_id)
    if row is None or not principal.covers(row["division"]):
        raise Problem(NOT_FOUND)
    signatures = [SignatureAnswer(**dict(one)) for one in await signing.signatures(connection, suspect_id)]
    evidence = row["evidence"] if principal.scopes & _SEEING else None
    return SuspectAnswer(**_summary(row, principal), evidence=evidence, signatures=signatures)


@router.get("/{suspect_id}", summary="查看一个疑似对象 · One suspect")
async def get_suspect(suspect_id: UUID, principal: Reader, connection: Read) -> SuspectAnswer:
    """With its signatures, and what it rests on for those who compare or verify."""
    return await _answer(connection, suspect_id, principal)


@router.post("/{suspect_id}/verification", summary="疑似对象核实签字 · Sign for a suspect")
async def verify_suspect_again(
    suspect_id: UUID,
    body: VerificationBody,
    principal: Annotated[Principal, allow("suspects:verify")],
    command: Later,
    context: Context,
) -> SuspectAnswer:
    """The village signs first, then the township; what both sign stands: confirmed rejects the case.

    Where the township signs otherwise than the village, the next round begins with the village. Never by a
    relative of the household.
    """
    officer = principal.require_officer()
    level = signatory(principal.role, principal.division)
    if level is None:
        raise Problem(SUSPECT_SIGNATORY)
    if body.outcome in NEED_EVIDENCE and not body.evidence:
        raise Problem(EVIDENCE_REQUIRED)
    async with context.database.connection() as connection:
        known = await signing.find(connection, suspect_id)
    if known is None or not principal.covers(known["division"]):
        raise Problem(NOT_FOUND)
    await refuse_relatives(context, principal, [known["household_id"]])
    transaction = await command.begin()
    await require_evidence(transaction, body.evidence, "/evidence")
    case = await lock_case(transaction, known["case_id"], principal)
    outcome = await _sign(transaction, suspect_id, level, body, officer)
    outcomes = decide(transaction, [case], lambda locked: verify_suspect(locked, suspect_id, level.value, outcome))
    await save(transaction, outcomes, Act(officer, known["list_id"], {case.id: body.reason}))
    return await _answer(transaction.connection, suspect_id, principal)


async def _sign(
    transaction: Transaction, suspect_id: UUID, level: Level, body: VerificationBody, officer: UUID
) -> str | None:
    """Add the signature; the outcome once both levels have signed alike."""
    row = await signing.lock(transaction, suspect_id)
    before = signing.verification_of(row)
    try:
        after = before.sign(level, body.outcome)
    except VerificationRefused as refusal:
        raise Problem(BY_CODE[refusal.code]) from None
    await signing.add(transaction, suspect_id, after, body.reason, body.evidence, officer)
    return None if after.state == OPEN else after.state
