"""``/v1/officers``: appointed, listed, shown, changed, suspended, reinstated, departed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from services.gateway.officers import store
from services.gateway.officers.domain import AFTER, Action, require_action, require_appointable
from services.gateway.officers.schemas import (
    OfficerAnswer,
    OfficerBody,
    OfficerChanged,
    OfficerChanges,
    OfficerWithPassword,
    office_of,
    shown,
)
from shared.areas import bounds
from shared.auth import Principal
from shared.codes import OfficerState, Role
from shared.database.transaction import Transaction
from shared.events.gateway import (
    OfficerDecision,
    OfficerDeparted,
    OfficerPasswordReset,
    OfficerReinstated,
    OfficerSuspended,
    OfficerTransferred,
)
from shared.http.access import allow
from shared.http.commands import Later, Read, Write
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_key
from shared.http.preconditions import Precondition, etag
from shared.http.route import Route
from shared.http.schemas import DivisionCode, Page
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

router = APIRouter(prefix="/v1", route_class=Route, tags=["officers"])
Reader = Annotated[Principal, allow("officers:read")]
Writer = Annotated[Principal, allow("officers:write")]
_BEFORE_ALL = ("", UUID(int=0))


@router.post("/officers", status_code=201, summary="任命工作人员 · Appoint an officer")
async def appoint_officer(
    body: OfficerBody, response: Response, principal: Writer, command: Later
) -> OfficerWithPassword:
    """Appoint an officer in the caller's area, of no role above the caller's.

    With a login name an initial password is made and told once: it lasts seven days, and opens nothing but changing it.
    """
    by = require_appointable(principal, body.role, body.division)
    initial = await store.InitialPassword.new() if body.login_name is not None else None
    command.tell_once("initial_password")
    transaction = await command.begin()
    officer_id = await store.appoint(
        transaction,
        display_name=body.display_name,
        login_name=body.login_name,
        role=body.role.value,
        division=body.division,
        initial=initial,
        by=by,
    )
    response.headers["Location"] = f"/v1/officers/{officer_id}"
    response.headers["ETag"] = etag(1)
    return _with_password(officer_id, 1, initial)


@router.get("/officers", summary="工作人员列表 · List officers")
async def list_officers(
    request: Request,
    response: Response,
    principal: Reader,
    connection: Read,
    updated_after: UpdatedAfter,
    division: Annotated[DivisionCode | None, Query(description="Only those of this division")] = None,
    role: Annotated[Role | None, Query(description="Only those of this role")] = None,
    state: Annotated[OfficerState | None, Query(description="Only those of this state")] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[OfficerAnswer]:
    """Officers of the caller's area, by division and id; names masked unless the caller may appoint."""
    principal.require_area(division or principal.division)
    after_division, after_id = read_key(request, cursor, str, UUID) or _BEFORE_ALL
    first, beyond = bounds(division or principal.division)
    rows = await connection.fetch(
        """SELECT * FROM officers WHERE division >= $1 AND division < $2 AND (division, id) > ($3, $4)
             AND ($5::text IS NULL OR role = $5) AND ($6::text IS NULL OR state = $6)
             AND ($7::timestamptz IS NULL OR updated_at > $7)
           ORDER BY division, id LIMIT $8""",
        first,
        beyond,
        after_division,
        after_id,
        role,
        state,
        updated_after,
        limit,
    )
    last = [rows[-1]["division"], rows[-1]["id"]] if rows else None
    items = [shown(row, principal) for row in rows]
    return Page(items=items, next=next_cursor(request, response, list(rows), limit, last))


@router.get("/officers/{officer_id}", summary="查看工作人员 · Show an officer")
async def show_officer(officer_id: UUID, response: Response, principal: Reader, connection: Read) -> OfficerAnswer:
    """An officer of the caller's area."""
    row = await connection.fetchrow("SELECT * FROM officers WHERE id = $1", officer_id)
    if row is None or not principal.covers(row["division"]):
        raise Problem(NOT_FOUND)
    response.headers["ETag"] = etag(row["version"])
    return shown(row, principal)


@router.patch("/officers/{officer_id}", summary="变更工作人员 · Change an officer")
async def change_officer(
    officer_id: UUID,
    body: OfficerChanges,
    response: Response,
    principal: Writer,
    precondition: Annotated[Precondition, Depends()],
    transaction: Write,
) -> OfficerChanged:
    """Change names, role or division, from and to what the caller may appoint. What is not named stays.

    With another role or division every token of before ends.
    """
    row = await store.lock_officer(transaction, officer_id)
    by = require_action(principal, office_of(row), "change")
    precondition.require(row["version"])
    changes = body.model_dump(mode="json", exclude_unset=True)
    role, division = changes.get("role", row["role"]), changes.get("division", row["division"])
    require_appointable(principal, role, division)
    version = await store.change(transaction, row, changes)
    if (role, division) != (row["role"], row["division"]):
        await store.end_tokens(transaction, officer_id)
        event = OfficerTransferred(officer_id=officer_id, decided_by=by, role=role)
        transaction.emit(event, division=division, sequence=version)
    return _changed(response, officer_id, version)


@router.post("/officers/{officer_id}/suspension", summary="暂停权限 · Suspend an officer")
async def suspend_officer(
    officer_id: UUID, response: Response, principal: Writer, transaction: Write
) -> OfficerChanged:
    """The officer acts no more for now. Every token of theirs ends within seconds, also where a system holds it."""
    return await _decide(transaction, principal, officer_id, "suspend", OfficerSuspended, response)


@router.post("/officers/{officer_id}/reinstatement", summary="恢复权限 · Reinstate an officer")
async def reinstate_officer(
    officer_id: UUID, response: Response, principal: Writer, transaction: Write
) -> OfficerChanged:
    """A suspended officer acts again, with new tokens."""
    return await _decide(transaction, principal, officer_id, "reinstate", OfficerReinstated, response)


@router.post("/officers/{officer_id}/departure", summary="离任 · Let an officer depart")
async def let_officer_depart(
    officer_id: UUID, response: Response, principal: Writer, transaction: Write
) -> OfficerChanged:
    """The officer has left for good: who comes back is appointed anew. Every token of theirs ends within seconds."""
    return await _decide(transaction, principal, officer_id, "depart", OfficerDeparted, response)


@router.post("/officers/{officer_id}/initial-password", summary="重置口令 · Reset an officer's password")
async def reset_officer_password(
    officer_id: UUID, response: Response, principal: Writer, command: Later
) -> OfficerWithPassword:
    """A new initial password instead of the old one, told once. Every token of the officer ends within seconds."""
    initial = await store.InitialPassword.new()
    command.tell_once("initial_password")
    transaction = await command.begin()
    row = await store.lock_officer(transaction, officer_id)
    by = require_action(principal, office_of(row), "reset-password")
    changes = {"password_hash": initial.hashed, "initial_until": initial.until}
    version = await store.change(transaction, row, changes)
    await store.end_tokens(transaction, officer_id)
    event = OfficerPasswordReset(officer_id=officer_id, decided_by=by)
    transaction.emit(event, division=row["division"], sequence=version)
    response.headers["ETag"] = etag(version)
    return _with_password(officer_id, version, initial)


async def _decide(
    transaction: Transaction,
    principal: Principal,
    officer_id: UUID,
    action: Action,
    told: type[OfficerDecision],
    response: Response,
) -> OfficerChanged:
    row = await store.lock_officer(transaction, officer_id)
    by = require_action(principal, office_of(row), action)
    version = await store.change(transaction, row, {"state": AFTER[action].value})
    await store.end_tokens(transaction, officer_id)
    event = told(officer_id=officer_id, decided_by=by)
    transaction.emit(event, division=row["division"], sequence=version)
    return _changed(response, officer_id, version)


def _changed(response: Response, officer_id: UUID, version: int) -> OfficerChanged:
    response.headers["ETag"] = etag(version)
    return OfficerChanged(id=officer_id, version=version)


def _with_password(officer_id: UUID, version: int, initial: store.InitialPassword | None) -> OfficerWithPassword:
    return OfficerWithPassword(
        id=officer_id,
        version=version,
        initial_password=initial and initial.password,
        initial_password_until=initial and initial.until,
    )
