"""Imports of households: one call for a whole county's register."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Query, Request, Response

from services.households.imports import store
from services.households.imports.job import folder_of
from services.households.problems import IMPORT_EMPTY
from services.households.registry.schemas import ImportedHouseholdBody
from shared.areas import prefix
from shared.auth import Principal
from shared.http.access import Context, allow
from shared.http.commands import Later, Read
from shared.http.pages import Cursor, Limit, next_cursor, read_key
from shared.http.route import Route
from shared.http.schemas import Answer, DivisionCode, Page, Reference
from shared.http.uploads import Upload, receive_upload
from shared.problems import CATALOGUE, Problem
from shared.problems.common import MEDIA_TYPE, NOT_FOUND
from shared.runtime.jobs import enqueue

router = APIRouter(prefix="/v1/household-imports", route_class=Route, tags=["household-imports"])
NDJSON = "application/x-ndjson"
_BODY = {
    "required": True,
    "description": "One household a line: " + ", ".join(ImportedHouseholdBody.model_fields),
    "content": {NDJSON: {"schema": {"type": "string", "format": "binary"}}},
}
_FALLBACK = ("取值不正确", "The value is not right")


class HouseholdImportAnswer(Answer):
    """``bytes_done`` of ``bytes_total`` tells the progress; the counts are final when the state is."""

    id: UUID
    state: Literal["queued", "running", "succeeded", "failed"]
    division: DivisionCode
    digest: str
    allow_duplicates: bool
    bytes_total: int
    bytes_done: int
    lines: int
    registered: int
    refused: int
    tolerated_duplicates: int
    problem: dict[str, str] | None
    created_at: datetime
    updated_at: datetime


class ImportFaultAnswer(Answer):
    """``pointer`` leads into the household of that line."""

    line: int
    number: int
    pointer: str
    code: str
    zh: str
    en: str


class ImportedHouseholdAnswer(Answer):
    line: int
    ref: str | None
    household_id: UUID


@router.post("", status_code=202, summary="批量导入农户 · Import households", openapi_extra={"requestBody": _BODY})
async def import_households_of_area(
    request: Request,
    response: Response,
    principal: Annotated[Principal, allow("households:import")],
    command: Later,
    context: Context,
    allow_duplicates: Annotated[
        bool, Query(description="Let in persons who live in another household too, as old books have them")
    ] = False,
) -> Reference:
    """Take in a file of households (NDJSON). Sound lines are registered, the others listed with what is wrong."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != NDJSON:
        raise Problem(MEDIA_TYPE)
    principal.require_officer()
    upload = await receive_upload(request, folder_of(context.settings))
    try:
        job_id = await _begin(upload, principal, command, allow_duplicates)
    except BaseException:
        upload.discard()
        raise
    response.headers["Location"] = f"/v1/household-imports/{job_id}"
    return Reference(id=job_id)


async def _begin(upload: Upload, principal: Principal, command: Later, allow_duplicates: bool) -> UUID:
    if not upload.size:
        raise Problem(IMPORT_EMPTY)
    transaction = await command.begin()
    job_id = await enqueue(
        transaction,
        store.KIND,
        division=principal.division,
        requested_by=principal.require_officer(),
        arguments={},
    )
    await store.create(
        transaction,
        job_id,
        file=upload.path.name,
        digest=upload.digest,
        size=upload.size,
        allow_duplicates=allow_duplicates,
    )
    return job_id


@router.get("/{import_id}", summary="查看导入进度 · Show an import")
async def show_household_import(
    import_id: UUID, principal: Annotated[Principal, allow("households:import")], connection: Read
) -> HouseholdImportAnswer:
    """How far an import is, and what became of its lines."""
    row = await _find(connection, import_id, principal)
    values: dict[str, Any] = {name: row[name] for name in HouseholdImportAnswer.model_fields if name != "problem"}
    return HouseholdImportAnswer.model_validate(values | {"problem": (row["result"] or {}).get("problem")})


@router.get("/{import_id}/errors", summary="导入错误列表 · List an import's errors")
async def list_household_import_errors(
    import_id: UUID,
    request: Request,
    response: Response,
    principal: Annotated[Principal, allow("households:import")],
    connection: Read,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[ImportFaultAnswer]:
    """What is wrong with the lines that were refused; never what they said."""
    await _find(connection, import_id, principal)
    rows = await connection.fetch(
        """SELECT line, number, pointer, code FROM import_errors
           WHERE import_id = $1 AND (line, number) > ($2, $3) ORDER BY line, number LIMIT $4""",
        import_id,
        *(read_key(request, cursor, int, int) or (0, 0)),
        limit,
    )
    last = [rows[-1]["line"], rows[-1]["number"]] if rows else None
    return Page(items=[_fault(row) for row in rows], next=next_cursor(request, response, list(rows), limit, last))


@router.get("/{import_id}/households", summary="导入结果列表 · List an import's households")
async def list_imported_households(
    import_id: UUID,
    request: Request,
    response: Response,
    principal: Annotated[Principal, allow("households:import")],
    connection: Read,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[ImportedHouseholdAnswer]:
    """Which line became which household, by line."""
    await _find(connection, import_id, principal)
    rows = await connection.fetch(
        """SELECT line, ref, household_id FROM imported_households
           WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3""",
        import_id,
        *(read_key(request, cursor, int) or (0,)),
        limit,
    )
    last = [rows[-1]["line"]] if rows else None
    items = [ImportedHouseholdAnswer(**dict(row)) for row in rows]
    return Page(items=items, next=next_cursor(request, response, list(rows), limit, last))


async def _find(connection: Read, import_id: UUID, principal: Principal) -> asyncpg.Record:
    row = await connection.fetchrow(
        """SELECT i.*, i.lines_done AS lines, j.id, j.state, j.division, j.result, j.created_at, j.updated_at
           FROM household_imports i JOIN jobs j ON j.id = i.job_id
           WHERE j.id = $1 AND j.division LIKE $2 || '%'""",
        import_id,
        prefix(principal.division),
    )
    if row is None:
        raise Problem(NOT_FOUND)
    return row


def _fault(row: asyncpg.Record) -> ImportFaultAnswer:
    known = CATALOGUE.get(row["code"])
    zh, en = (known.zh, known.en) if known else _FALLBACK
    return ImportFaultAnswer(**dict(row), zh=zh, en=en)
