"""Members of a household: shown masked, added, corrected, ended."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from services.households.disclosure import PurposeOfAccess, reading_for
from services.households.registry import views
from services.households.registry.membership import add_member, mend_member, remove_member
from services.households.registry.schemas import JoiningBody, MemberChanges, RemovalBody
from services.households.registry.store import find_household, lock_household
from services.households.registry.views import Changed, MemberAnswer
from shared.auth import Principal
from shared.http.access import Context, allow
from shared.http.commands import Write
from shared.http.preconditions import Precondition, etag
from shared.http.route import Route
from shared.http.schemas import Page

router = APIRouter(prefix="/v1/households/{household_id}", route_class=Route, tags=["members"])


@router.get("/members", summary="家庭成员列表 · List a household's members")
async def list_members(
    household_id: UUID,
    response: Response,
    principal: Annotated[Principal, allow("households:read")],
    context: Context,
    purpose: PurposeOfAccess = None,
    former: Annotated[bool, Query(description="Also those who have left")] = False,
) -> Page[MemberAnswer]:
    """The members of a household, all on one page. Unmasked for a purpose, which is recorded."""
    async with reading_for(context, principal, purpose) as connection:
        household = await find_household(connection, household_id, principal)
        rows = await connection.fetch(
            "SELECT * FROM members WHERE household_id = $1 AND ($2 OR until IS NULL) ORDER BY id",
            household_id,
            former,
        )
    response.headers["ETag"] = etag(household["version"])
    return Page(items=[views.member(row, masked=purpose is None) for row in rows])


@router.post("/members", status_code=201, summary="新增家庭成员 · Add a member")
async def add_household_member(
    household_id: UUID,
    body: JoiningBody,
    response: Response,
    principal: Annotated[Principal, allow("households:write")],
    transaction: Write,
) -> Changed:
    """Somebody has joined a registered household, by birth, marriage or otherwise."""
    household = await lock_household(transaction, household_id, principal)
    member_id, version = await add_member(transaction, household, body)
    response.headers["Location"] = f"/v1/households/{household_id}/members"
    response.headers["ETag"] = etag(version)
    return Changed(id=member_id, version=version)


@router.patch("/members/{member_id}", summary="更正成员信息 · Correct a member's record")
async def correct_member(
    household_id: UUID,
    member_id: UUID,
    body: MemberChanges,
    response: Response,
    principal: Annotated[Principal, allow("households:write")],
    precondition: Annotated[Precondition, Depends()],
    transaction: Write,
) -> Changed:
    """Correct what is recorded of a member; ``If-Match`` is the household's ETag."""
    household = await lock_household(transaction, household_id, principal)
    precondition.require(household["version"])
    version = await mend_member(transaction, household, member_id, body)
    response.headers["ETag"] = etag(version)
    return Changed(id=member_id, version=version)


@router.post("/members/{member_id}/removal", summary="成员离户 · End a membership")
async def end_membership(
    household_id: UUID,
    member_id: UUID,
    body: RemovalBody,
    response: Response,
    principal: Annotated[Principal, allow("households:write")],
    transaction: Write,
) -> Changed:
    """Somebody has left the household, or stands in two and is struck from this one. The history stays."""
    household = await lock_household(transaction, household_id, principal)
    version = await remove_member(transaction, household, member_id, body)
    response.headers["ETag"] = etag(version)
    return Changed(id=member_id, version=version)
