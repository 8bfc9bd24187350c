"""Reading lists: the same three routes for every kind of list."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.identification.lists import store
from services.identification.lists.domain import ListAction, available_actions
from services.identification.workflow import Step
from shared.auth import Principal
from shared.http.access import allow
from shared.http.commands import PolicyNow, Read
from shared.http.feeds import UpdatedAfter
from shared.http.pages import Cursor, Limit, next_cursor, read_id
from shared.http.preconditions import etag
from shared.http.route import Route
from shared.http.schemas import Answer, DivisionCode, Page
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

Reader = Annotated[Principal, allow("cases:read")]


class ListAnswer(Answer):
    """A list of cases acted on at once; ``details`` hold what this kind of list records."""

    id: UUID
    kind: str
    step: str
    division: str
    state: str
    cases: int
    details: dict[str, Any]
    held_at: datetime
    ends_at: datetime | None
    updated_at: datetime
    officer_id: UUID
    version: int
    available_actions: list[ListAction]


class ListEntry(Answer):
    """A case's place and result in the list; votes where there was a vote."""

    case_id: UUID
    outcome: str
    in_favour: int | None
    against: int | None
    abstained: int | None
    reason: str | None


_OWN = ListAnswer.model_fields.keys() - {"available_actions"}


def answer_list(row: Any, principal: Principal, now: datetime) -> ListAnswer:
    actions = available_actions(row["kind"], row["state"], row["ends_at"], principal.scopes, now)
    return ListAnswer(**{name: row[name] for name in _OWN}, available_actions=actions)


async def answer_list_by_id(
    connection: Any, kind: str, list_id: UUID, principal: Principal, now: datetime
) -> ListAnswer:
    row = await store.find_list(connection, kind, list_id, principal)
    if row is None:
        raise Problem(NOT_FOUND)
    return answer_list(row, principal, now)


def reading_router(resource: str, kind: str, zh: str, en: str) -> APIRouter:
    """``GET /{resource}``, ``GET /{resource}/{id}`` and ``GET /{resource}/{id}/cases``."""
    router = APIRouter(prefix=f"/v1/{resource}", route_class=Route, tags=[resource])
    name = resource.replace("-", "_")

    async def list_page(
        principal: Reader,
        connection: Read,
        now: PolicyNow,
        updated_after: UpdatedAfter,
        request: Request,
        response: Response,
        division: Annotated[DivisionCode | None, Query()] = None,
        step: Step | None = None,
        state: Literal["done", "posted", "ended"] | None = None,
        cursor: Cursor = None,
        limit: Limit = 100,
    ) -> Page[ListAnswer]:
        """In the order of their ids, within the caller's area."""
        if division is not None:
            principal.require_area(division)
        rows = await store.list_page(
            connection,
            kind,
            division or principal.division,
            read_id(request, cursor),
            limit,
            step=step.value if step else None,
            state=state,
            updated_after=updated_after,
        )
        last = [str(rows[-1]["id"])] if rows else None
        items = [answer_list(row, principal, now) for row in rows]
        return Page(items=items, next=next_cursor(request, response, rows, limit, last))

    async def one(list_id: UUID, principal: Reader, connection: Read, now: PolicyNow, response: Response) -> ListAnswer:
        """What was done, when, by whom, to how many cases, and what the caller may do with it."""
        answer = await answer_list_by_id(connection, kind, list_id, principal, now)
        response.headers["ETag"] = etag(answer.version)
        return answer

    async def entries(
        list_id: UUID,
        principal: Reader,
        connection: Read,
        request: Request,
        response: Response,
        cursor: Cursor = None,
        limit: Limit = 100,
    ) -> Page[ListEntry]:
        """Each case with its result, and its votes where there was a vote."""
        if await store.find_list(connection, kind, list_id, principal) is None:
            raise Problem(NOT_FOUND)
        rows = await store.entries_page(connection, list_id, read_id(request, cursor), limit)
        last = [str(rows[-1]["case_id"])] if rows else None
        items = [ListEntry(**dict(row)) for row in rows]
        return Page(items=items, next=next_cursor(request, response, rows, limit, last))

    router.add_api_route("", list_page, name=f"list_{name}", summary=f"{zh}列表 · List {en}")
    router.add_api_route("/{list_id}", one, name=f"get_{kind}", summary=f"查看{zh} · One of the {en}")
    router.add_api_route(
        "/{list_id}/cases", entries, name=f"list_{kind}_cases", summary=f"{zh}的名单 · The cases of one of the {en}"
    )
    return router
