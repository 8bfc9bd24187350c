"""Handing in extracts, and comparing lists of cases with them."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.identification.cases.domain import compare
from services.identification.cases.store import decide
from services.identification.comparison import files, store, suspects
from services.identification.comparison.datasets import KINDS, ExtractKind
from services.identification.comparison.extracts import convert
from services.identification.comparison.schemas import (
    ComparisonAnswer,
    ComparisonBody,
    DatasetAnswer,
    answer_comparison,
)
from services.identification.lists.api import ListEntry
from services.identification.lists.store import Entry, NewList, entries_page, lock_listed, record_list
from services.identification.problems import COMPARISON_EMPTY
from services.identification.workflow import SCOPES, Action, Stage, Step
from shared.auth import Principal
from shared.events.identification import CountyComparisonStarted
from shared.http.access import Context, allow
from shared.http.commands import Later, Read, Write
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_id
from shared.http.route import Route
from shared.http.schemas import DivisionCode, Page
from shared.http.uploads import receive_upload
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import MEDIA_TYPE, NOT_FOUND
from shared.runtime.jobs import enqueue

if TYPE_CHECKING:
    from shared.database.transaction import Connection

datasets = APIRouter(prefix="/v1/comparison-datasets", route_class=Route, tags=["comparison-datasets"])
comparisons = APIRouter(prefix="/v1/comparisons", route_class=Route, tags=["comparisons"])
routers = (datasets, comparisons, suspects.router)
Comparer = Annotated[Principal, allow("comparisons:write")]
Reader = Annotated[Principal, allow("cases:read")]
_CSV = {"content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}, "required": True}


def _answer_dataset(row: Any, principal: Principal) -> DatasetAnswer:
    names = DatasetAnswer.model_fields.keys() - {"available", "available_actions"}
    available = row["removed_at"] is None
    possible = available and principal.officer_id is not None and SCOPES[Action.COMPARE] in principal.scopes
    return DatasetAnswer(
        **{name: row[name] for name in names},
        available=available,
        available_actions=[Action.COMPARE] if possible else [],
    )


async def _dataset(connection: "Connection", dataset_id: UUID, principal: Principal) -> DatasetAnswer:
    row = await store.find_dataset(connection, dataset_id, principal.division)
    if row is None:
        raise Problem(NOT_FOUND)
    return _answer_dataset(row, principal)


@datasets.post("", status_code=201, summary="上传比对数据表 · Upload an extract", openapi_extra={"requestBody": _CSV})
async def upload_comparison_dataset(
    request: Request,
    kind: Annotated[ExtractKind, Query(description="Which department's extract; decides its header")],
    principal: Comparer,
    command: Later,
    context: Context,
    response: Response,
) -> DatasetAnswer:
    """A CSV in UTF-8 or GB18030 with the kind's header, in English or Chinese; refused whole for one broken row."""
    principal.require_officer()
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "text/csv":
        raise Problem(MEDIA_TYPE)
    upload = await receive_upload(request, files.incoming(context.settings))
    dataset_id = new_id()
    draft = upload.path.with_suffix(".parquet")
    try:
        extract = await asyncio.to_thread(convert, upload.path, KINDS[kind], draft)
        transaction = await command.begin()
        await store.add_dataset(transaction, dataset_id, kind, upload, extract, principal)
        await asyncio.to_thread(files.place, draft, files.extract_path(context.settings, dataset_id))
    finally:
        upload.discard()
        _remove(draft)
        files.sweep(context.settings)
    response.headers["Location"] = f"/v1/comparison-datasets/{dataset_id}"
    return await _dataset(transaction.connection, dataset_id, principal)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


@datasets.get("", summary="比对数据表列表 · List extracts")
async def list_comparison_datasets(
    principal: Comparer,
    connection: Read,
    request: Request,
    response: Response,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[DatasetAnswer]:
    """What the caller's area has handed in, the oldest first."""
    rows = await store.datasets_page(connection, principal.division, read_id(request, cursor), limit)
    last = [str(rows[-1]["id"])] if rows else None
    items = [_answer_dataset(row, principal) for row in rows]
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))


@datasets.get("/{dataset_id}", summary="查看一份比对数据表 · One extract")
async def get_comparison_dataset(dataset_id: UUID, principal: Comparer, connection: Read) -> DatasetAnswer:
    """What it is; its rows are never shown."""
    return await _dataset(connection, dataset_id, principal)


@comparisons.post("", status_code=202, summary="县级数据比对 · Compare cases with extracts")
async def start_comparison(
    body: ComparisonBody, principal: Comparer, transaction: Write, response: Response
) -> ComparisonAnswer:
    """Runs in the background; the list's page shows its progress. Hits become suspects, never decisions."""
    officer = principal.require_officer()
    principal.require_area(body.division)
    chosen = sorted(set(body.datasets))
    await store.lock_datasets(transaction, chosen, principal.division)
    case_ids = body.cases or await store.waiting_cases(transaction.connection, body.division)
    if not case_ids:
        raise Problem(COMPARISON_EMPTY)
    step, list_id = Step.COUNTY_COMPARISON, new_id()
    cases = await lock_listed(transaction, principal, body.division, case_ids, step, Stage.COMPARISON)
    decide(transaction, cases, lambda case: compare(case, list_id, ()))
    job_id = await enqueue(
        transaction,
        store.KIND,
        division=body.division,
        requested_by=officer,
        arguments={"list_id": str(list_id)},
    )
    details = {
        "datasets": [str(one) for one in chosen],
        "due_on": body.due_on.isoformat() if body.due_on else None,
        "keep_extracts": body.keep_extracts,
        "job_id": str(job_id),
    }
    new = NewList(list_id, store.KIND, step, body.division, officer, len(cases), details, state="running")
    await record_list(transaction, new, [Entry(case.id, "waiting") for case in cases])
    event = CountyComparisonStarted(list_id=list_id, cases=len(cases))
    transaction.emit(event, division=body.division, sequence=1)
    response.headers["Location"] = f"/v1/comparisons/{list_id}"
    return await _comparison(transaction.connection, list_id, principal)


async def _comparison(connection: "Connection", list_id: UUID, principal: Principal) -> ComparisonAnswer:
    row = await store.find_comparison(connection, list_id)
    if row is None or not principal.covers(row["division"]):
        raise Problem(NOT_FOUND)
    return answer_comparison(row)


@comparisons.get("", summary="数据比对列表 · List comparisons")
async def list_comparisons(
    principal: Reader,
    connection: Read,
    updated_after: UpdatedAfter,
    request: Request,
    response: Response,
    division: Annotated[DivisionCode | None, Query()] = None,
    state: Literal["running", "done", "failed"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[ComparisonAnswer]:
    """The oldest first."""
    if division is not None:
        principal.require_area(division)
    area, after = division or principal.division, read_id(request, cursor)
    rows = await store.comparisons_page(connection, area, after, limit, state=state, updated_after=updated_after)
    last = [str(rows[-1]["id"])] if rows else None
    items = [answer_comparison(row) for row in rows]
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))


@comparisons.get("/{comparison_id}", summary="查看一次数据比对 · One comparison")
async def get_comparison(comparison_id: UUID, principal: Reader, connection: Read) -> ComparisonAnswer:
    """Its progress while it runs, its result afterwards."""
    return await _comparison(connection, comparison_id, principal)


@comparisons.get("/{comparison_id}/cases", summary="比对名单 · The cases of a comparison")
async def list_comparison_cases(
    comparison_id: UUID,
    principal: Reader,
    connection: Read,
    request: Request,
    response: Response,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[ListEntry]:
    """Each with its outcome: waiting, clear, suspect, moved."""
    await _comparison(connection, comparison_id, principal)
    rows = await entries_page(connection, comparison_id, read_id(request, cursor), limit)
    last = [str(rows[-1]["case_id"])] if rows else None
    items = [ListEntry(**dict(row)) for row in rows]
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))
