"""The archive's routes: the events in order, and the timeline of a case."""

import asyncio
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response

from services.audit.asking import (
    CorrelationAsked,
    DivisionAsked,
    SubjectAsked,
    TypeAsked,
    position_asked,
    read_section,
)
from services.audit.domain import cloud_event
from services.audit.head import head_of
from services.audit.interest import Filter, Interest
from services.audit.positions import BEGINNING, write_position
from services.audit.reading import Section, own_events, related_events
from services.audit.schemas import EventPage, EventText, Timeline, TimelineEntry
from services.audit.timelines import Archived, lists_of, merged
from shared.auth import Principal
from shared.context import ServiceContext
from shared.http.access import Context, allow
from shared.http.commands import Read
from shared.http.pages import Limit
from shared.http.patience import waits
from shared.http.route import Route
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

router = APIRouter(prefix="/v1", route_class=Route, tags=["events"])
Reader = Annotated[Principal, allow("events:read")]
After = Annotated[
    str | None,
    Query(max_length=100, description="`next` of an earlier page; `latest` for what is still to come"),
]
Wait = Annotated[int, Query(ge=0, le=30, description="Seconds to wait for a first event where there is none yet")]


@router.get("/events", summary="事件归档 · Read the archive", response_model=EventPage)
@waits(30)
async def list_events(
    request: Request,
    principal: Reader,
    context: Context,
    after: After = None,
    type: TypeAsked = None,  # noqa: A002
    subject: SubjectAsked = None,
    division: DivisionAsked = None,
    correlation: CorrelationAsked = None,
    limit: Limit = 100,
    wait: Wait = 0,
) -> Response:
    """Every event within the caller's area, in archive order.

    `next` is always the position to go on from, so whoever follows the archive repeats the call with
    `after=<next>` and sees every event exactly once; with `wait` the answer comes as soon as there is one.
    `next` is null only where nothing was ever archived. Events of no division are shown to operators and auditors.
    """
    if division is not None:
        principal.require_area(division)
    interest = Interest.of(principal, Filter(type, subject, division, correlation))
    found = await read_section(context, interest, position_asked(after), limit)
    if wait and not found.rows:
        found = await _read_later(context, interest, found, limit, wait)
    items = [cloud_event(row["event_id"], row["topic"], row["headers"], row["value"]) for row in found.rows]
    following = write_position(found.end) if after or found.end != BEGINNING else None
    headers = {} if following is None else _link(request, following)
    return Response(orjson.dumps({"items": items, "next": following}), 200, headers, "application/json")


async def _read_later(context: ServiceContext, interest: Interest, found: Section, limit: int, wait: int) -> Section:
    """No connection is held while nothing happens."""
    head, clock = head_of(context), asyncio.get_running_loop().time
    deadline = clock() + wait
    while not found.rows and await head.beyond(found.end.number, deadline - clock()):
        found = await read_section(context, interest, found.end, limit)
    return found


def _link(request: Request, following: str) -> dict[str, str]:
    url = request.url.include_query_params(after=following)
    return {"Link": f'<{url.path}?{url.query}>; rel="next"'}


@router.get("/timelines/{case_id}", summary="事项时间线 · The timeline of a case")
async def get_timeline(case_id: UUID, principal: Reader, connection: Read) -> Timeline:
    """The case's events in their sequence, with its lists' and tasks', as far as they lie in the caller's area."""
    own = [Archived(**dict(row)) for row in await own_events(connection, principal, case_id)]
    if not own:
        raise Problem(NOT_FOUND)
    rows = await related_events(connection, principal, [event.event_id for event in own], lists_of(own))
    entries = [_entry(event) for event in merged(own, [Archived(**dict(row)) for row in rows])]
    return Timeline(case_id=case_id, entries=entries)


def _entry(event: Archived) -> TimelineEntry:
    return TimelineEntry(
        id=event.event_id,
        type=event.type,
        name=event.name,
        title=EventText(zh=event.text.zh, en=event.text.en),
        subject=event.subject,
        sequence=event.sequence,
        time=event.time,
        division=event.division,
        causation_id=event.causation_id,
        correlation_id=event.correlation_id,
        data=event.data,
    )
