"""Finding a household by what stands in its booklet. Never through a URL, never outside the caller's area."""

from typing import Annotated

from fastapi import APIRouter

from services.households.problems import ID_NUMBER_INVALID, SEARCH_EMPTY
from services.households.registry import views
from services.households.registry.domain import Fault, refuse
from services.households.registry.schemas import SearchBody
from services.households.registry.views import SUMMARY_COLUMNS, HouseholdSummary
from shared.areas import bounds
from shared.auth import Principal
from shared.http.access import allow
from shared.http.commands import Read
from shared.http.route import Route
from shared.http.schemas import Page
from shared.identity_numbers import is_valid
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["households"])
_LIVING = "SELECT household_id FROM members WHERE until IS NULL"


@router.post("/households/searches", summary="查找农户 · Search households")
async def search_households(
    body: SearchBody, principal: Annotated[Principal, allow("households:read")], connection: Read
) -> Page[HouseholdSummary]:
    """Households of the caller's area that fit all that is given; the first ``limit`` of them, masked."""
    if not body.names_somebody:
        raise Problem(SEARCH_EMPTY)
    if body.id_number is not None and not is_valid(body.id_number):
        refuse([Fault(ID_NUMBER_INVALID, "/id_number")])
    area = body.division or principal.division
    principal.require_area(area)
    first, beyond = bounds(area)
    rows = await connection.fetch(
        f"""SELECT {SUMMARY_COLUMNS} FROM households h
            WHERE h.division >= $1 AND h.division < $2 AND {" AND ".join(_conditions(body))}
            ORDER BY h.division, h.id LIMIT $3""",  # noqa: S608
        first,
        beyond,
        body.limit,
        *[value for value in (body.booklet_number, body.head_name, body.id_number) if value is not None],
    )
    return Page(items=[views.summary(row) for row in rows])


def _conditions(body: SearchBody) -> list[str]:
    """Only what was asked for, so that each search follows its index."""
    forms = {
        "h.booklet_number = ${}": body.booklet_number,
        f"h.id IN ({_LIVING} AND relation = 'head' AND name = ${{}})": body.head_name,
        f"h.id IN ({_LIVING} AND id_number = ${{}})": body.id_number,
    }
    asked = [form for form, value in forms.items() if value is not None]
    return [form.format(at) for at, form in enumerate(asked, start=4)]
