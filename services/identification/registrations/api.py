"""Registrations as callers see them, and the opening balance: who is already poor or exited."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from services.identification.households import find_households
from services.identification.problems import HOUSEHOLD_UNKNOWN, REGISTRATION_DECIDED
from services.identification.registrations.store import (
    NewRegistration,
    current_registrations,
    register,
    registrations_page,
)
from shared.auth import Principal
from shared.events.identification import HouseholdRegistrationImported
from shared.http.access import Context, allow
from shared.http.commands import Later, Read
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_id
from shared.http.route import Route
from shared.http.schemas import Answer, Body, Day, DivisionCode, Page
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["registrations"])
_NAMED = 50


class OpeningRegistration(Body):
    household_id: UUID
    status: Literal["poor", "exited"]
    since: Day


class RegistrationImportBody(Body):
    """Households that were registered before this system; each one once."""

    registrations: Annotated[list[OpeningRegistration], Field(min_length=1, max_length=10_000)]


class RegistrationImportAnswer(Answer):
    """``unchanged`` were imported with the same status before."""

    imported: int
    unchanged: int


class RegistrationAnswer(Answer):
    household_id: UUID
    division: str
    status: str
    since: date
    version: int
    case_id: UUID | None
    recorded_at: datetime


@router.post("/registration-imports", status_code=201, summary="导入已建档户 · Import who is already registered")
async def import_opening_registrations(
    body: RegistrationImportBody,
    principal: Annotated[Principal, allow("registrations:import")],
    command: Later,
    context: Context,
) -> RegistrationImportAnswer:
    """The opening balance, whole or not at all. A household whose registration was decided here is refused."""
    principal.require_officer()
    wanted = {one.household_id: one for one in body.registrations}
    known = await find_households(context, list(wanted))
    unknown = [id_ for id_ in wanted if id_ not in known or not principal.covers(known[id_].division)]
    if unknown:
        raise Problem(HOUSEHOLD_UNKNOWN, households=[str(id_) for id_ in unknown[:_NAMED]])
    transaction = await command.begin()
    await transaction.execute("SELECT pg_advisory_xact_lock(hashtext('registration import'))")
    current = await current_registrations(transaction.connection, list(wanted))
    decided = [id_ for id_, now in current.items() if now.case_id or now.status != wanted[id_].status]
    if decided:
        raise Problem(REGISTRATION_DECIDED, households=[str(id_) for id_ in decided[:_NAMED]])
    new = [
        NewRegistration(id_, 1, one.status, one.since, known[id_].division)
        for id_, one in wanted.items()
        if id_ not in current
    ]
    await register(transaction, new)
    for one in new:
        event = HouseholdRegistrationImported(
            household_id=one.household_id,
            status=wanted[one.household_id].status,
            since=one.since,
            registration_version=one.version,
        )
        transaction.emit(event, division=one.division, sequence=one.version)
    return RegistrationImportAnswer(imported=len(new), unchanged=len(current))


@router.get("/registrations", summary="建档立卡名册 · List registrations")
async def list_registrations(
    principal: Annotated[Principal, allow("cases:read")],
    connection: Read,
    updated_after: UpdatedAfter,
    request: Request,
    response: Response,
    division: Annotated[DivisionCode | None, Query()] = None,
    status: Annotated[Literal["poor", "exited"] | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[RegistrationAnswer]:
    """Every household's current registration within the caller's area."""
    if division is not None:
        principal.require_area(division)
    after = read_id(request, cursor)
    area = division or principal.division
    rows = await registrations_page(connection, area, status, updated_after, after, limit)
    last = [str(rows[-1]["household_id"])] if rows else None
    items = [RegistrationAnswer(**dict(row)) for row in rows]
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))
