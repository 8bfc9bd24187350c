"""Households: registered, listed, shown, corrected."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from services.households.disclosure import PurposeOfAccess, reading_for
from services.households.registry import views
from services.households.registry.domain import refuse
from services.households.registry.registration import Refused, register
from services.households.registry.schemas import HouseholdBody, HouseholdChanges
from services.households.registry.store import change, find_household, lock_household
from services.households.registry.views import HEAD_NAME, SUMMARY_COLUMNS, Changed, HouseholdAnswer, HouseholdSummary
from shared.areas import bounds
from shared.auth import Principal
from shared.codes import HouseholdStatus
from shared.http.access import Context, allow
from shared.http.commands import Read, Write
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_key
from shared.http.preconditions import Precondition, etag
from shared.http.route import Route
from shared.http.schemas import DivisionCode, Page

router = APIRouter(prefix="/v1", route_class=Route, tags=["households"])
_BEFORE_ALL = ("", UUID(int=0))


@router.post("/households", status_code=201, summary="登记农户 · Register a household")
async def register_household(
    body: HouseholdBody,
    response: Response,
    principal: Annotated[Principal, allow("households:write")],
    transaction: Write,
) -> Changed:
    """Register a household with its members, exactly one of them its head."""
    principal.require_area(body.division)
    (outcome,) = await register(transaction, [body], area=principal.division)
    if isinstance(outcome, Refused):
        refuse(outcome.faults)
        raise RuntimeError("a refusal has its faults")
    response.headers["Location"] = f"/v1/households/{outcome.id}"
    response.headers["ETag"] = etag(1)
    return Changed(id=outcome.id, version=1)


@router.get("/households", summary="农户列表 · List households")
async def list_households(
    request: Request,
    response: Response,
    principal: Annotated[Principal, allow("households:read")],
    connection: Read,
    updated_after: UpdatedAfter,
    division: Annotated[DivisionCode | None, Query(description="Only those of this division")] = None,
    status: Annotated[HouseholdStatus | None, Query(description="Only those of this status")] = None,
    in_scope: Annotated[bool | None, Query(description="Whether the head's registration is in scope")] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[HouseholdSummary]:
    """Households of the caller's area, by division and id; names masked."""
    principal.require_area(division or principal.division)
    after_division, after_id = read_key(request, cursor, str, UUID) or _BEFORE_ALL
    first, beyond = bounds(division or principal.division)
    rows = await connection.fetch(
        f"""SELECT {SUMMARY_COLUMNS} FROM households h
            WHERE h.division >= $1 AND h.division < $2 AND (h.division, h.id) > ($3, $4)
              AND ($5::text IS NULL OR h.status = $5) AND ($6::bool IS NULL OR h.in_scope = $6)
              AND ($7::timestamptz IS NULL OR h.updated_at > $7)
            ORDER BY h.division, h.id LIMIT $8""",  # noqa: S608
        first,
        beyond,
        after_division,
        after_id,
        status,
        in_scope,
        updated_after,
        limit,
    )
    last = [rows[-1]["division"], rows[-1]["id"]] if rows else None
    return Page(
        items=[views.summary(row) for row in rows], next=next_cursor(request, response, list(rows), limit, last)
    )


@router.get("/households/{household_id}", summary="查看农户 · Show a household")
async def show_household(
    household_id: UUID,
    response: Response,
    principal: Annotated[Principal, allow("households:read")],
    context: Context,
    purpose: PurposeOfAccess = None,
) -> HouseholdAnswer:
    """A household of the caller's area. Unmasked for a purpose, which is recorded."""
    async with reading_for(context, principal, purpose) as connection:
        row = await find_household(connection, household_id, principal, f"h.*, {HEAD_NAME}")
    response.headers["ETag"] = etag(row["version"])
    return views.household(row, principal, masked=purpose is None)


@router.patch("/households/{household_id}", summary="更正农户信息 · Correct a household's record")
async def correct_household(
    household_id: UUID,
    body: HouseholdChanges,
    response: Response,
    principal: Annotated[Principal, allow("households:write")],
    precondition: Annotated[Precondition, Depends()],
    transaction: Write,
) -> Changed:
    """Correct booklet number, address or who lives together. What is not named stays."""
    household = await lock_household(transaction, household_id, principal)
    precondition.require(household["version"])
    version = household["version"] + 1
    changes = body.model_dump(exclude_unset=True) | {"version": version, "updated_at": transaction.now}
    await change(transaction, "households", household_id, changes)
    response.headers["ETag"] = etag(version)
    return Changed(id=household_id, version=version)
