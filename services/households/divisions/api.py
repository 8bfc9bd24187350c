"""Divisions: who lies under whom."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from services.households.area import ancestors_of, visible
from services.households.divisions.store import load_divisions
from shared.areas import bounds
from shared.auth import Principal
from shared.codes import DivisionLevel
from shared.http.access import allow
from shared.http.commands import Read, Write
from shared.http.pages import Cursor, Limit, next_cursor, read_key
from shared.http.route import Route
from shared.http.schemas import Answer, Body, DivisionCode, Page, Text
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

router = APIRouter(prefix="/v1", route_class=Route, tags=["divisions"])


class DivisionAnswer(Answer):
    code: DivisionCode
    name: str
    level: DivisionLevel
    parent: DivisionCode | None


class DivisionBody(Body):
    code: DivisionCode
    name: Text


class DivisionsBody(Body):
    divisions: Annotated[list[DivisionBody], Field(min_length=1, max_length=20_000)]


class DivisionsLoaded(Answer):
    """How many divisions are new, and how many were renamed."""

    added: int
    renamed: int


@router.get("/divisions", summary="区划列表 · List divisions")
async def list_divisions(
    request: Request,
    response: Response,
    principal: Annotated[Principal, allow("divisions:read")],
    connection: Read,
    parent: Annotated[DivisionCode | None, Query(description="Only those directly under this division")] = None,
    level: Annotated[DivisionLevel | None, Query(description="Only those of this level")] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[DivisionAnswer]:
    """The divisions of the caller's area and those above it, by code."""
    first, beyond = bounds(principal.division)
    (after,) = read_key(request, cursor, str) or ("",)
    rows = await connection.fetch(
        """SELECT code, name, level, parent FROM divisions
           WHERE (code >= $1 AND code < $2 OR code = ANY($3::text[])) AND code > $4
             AND ($5::text IS NULL OR parent = $5) AND ($6::text IS NULL OR level = $6)
           ORDER BY code LIMIT $7""",
        first,
        beyond,
        ancestors_of(principal.division),
        after,
        parent,
        level,
        limit,
    )
    items = [DivisionAnswer(**dict(row)) for row in rows]
    last = [rows[-1]["code"]] if rows else None
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))


@router.get("/divisions/{code}", summary="查看区划 · Show a division")
async def show_division(
    code: DivisionCode, principal: Annotated[Principal, allow("divisions:read")], connection: Read
) -> DivisionAnswer:
    """A division of the caller's area, or one above it."""
    row = await connection.fetchrow("SELECT code, name, level, parent FROM divisions WHERE code = $1", code)
    if row is None or not visible(principal.division, code):
        raise Problem(NOT_FOUND)
    return DivisionAnswer(**dict(row))


@router.post("/divisions", summary="新增或更名区划 · Add or rename divisions")
async def load_divisions_of_area(
    body: DivisionsBody, principal: Annotated[Principal, allow("divisions:write")], transaction: Write
) -> DivisionsLoaded:
    """Add divisions of the caller's area, such as villagers' groups (15 digits), or give them new names."""
    for division in body.divisions:
        principal.require_area(division.code)
    loaded = await load_divisions(transaction, [(division.code, division.name) for division in body.divisions])
    return DivisionsLoaded(added=loaded.added, renamed=loaded.renamed)
