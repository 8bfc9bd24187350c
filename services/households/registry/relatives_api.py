"""Declarations of interest: which officer is whose relative, so that they keep away from the case."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.households.problems import RELATIVE_DECLARED
from services.households.registry.schemas import RelativeBody
from services.households.registry.store import find_household, lock_household
from services.households.registry.views import RelativeAnswer
from shared.auth import Principal
from shared.http.access import allow
from shared.http.commands import Read, Write
from shared.http.route import Route
from shared.http.schemas import Page
from shared.problems import Problem

router = APIRouter(prefix="/v1/households/{household_id}", route_class=Route, tags=["relatives"])


@router.post("/relatives", status_code=201, summary="申报亲属关系 · Declare an officer a relative")
async def declare_relative(
    household_id: UUID,
    body: RelativeBody,
    principal: Annotated[Principal, allow("households:write")],
    transaction: Write,
) -> RelativeAnswer:
    """Record that an officer is related to the household and decides nothing about it."""
    await lock_household(transaction, household_id, principal)
    row = await transaction.fetch_row(
        """INSERT INTO relatives (household_id, officer_id, relation, declared_by, declared_at)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
           RETURNING officer_id, relation, declared_by, declared_at""",
        household_id,
        body.officer_id,
        body.relation,
        principal.require_officer(),
        transaction.now,
    )
    if row is None:
        raise Problem(RELATIVE_DECLARED)
    return RelativeAnswer(**dict(row))


@router.get("/relatives", summary="亲属关系列表 · List declared relatives")
async def list_relatives(
    household_id: UUID, principal: Annotated[Principal, allow("households:read")], connection: Read
) -> Page[RelativeAnswer]:
    """The officers who are related to the household, all on one page."""
    await find_household(connection, household_id, principal)
    rows = await connection.fetch(
        """SELECT officer_id, relation, declared_by, declared_at FROM relatives
           WHERE household_id = $1 ORDER BY officer_id""",
        household_id,
    )
    return Page(items=[RelativeAnswer(**dict(row)) for row in rows])
