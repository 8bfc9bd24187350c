"""The stream of events, and tickets for readers that can send no header."""

from math import inf
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request

from services.audit.asking import (
    CorrelationAsked,
    DivisionAsked,
    SubjectAsked,
    TypeAsked,
    position_asked,
    read_section,
)
from services.audit.interest import Filter, Interest
from services.audit.stream import tickets
from services.audit.stream.fanout import PAGE_BYTES, PAGE_ROWS
from services.audit.stream.following import Asked, EventStream
from services.audit.stream.permits import READING, Permitted, TicketAsked, token_of
from services.audit.stream.schemas import STREAM, StreamTicketAnswer, StreamTicketBody
from shared.auth import Principal
from shared.http.access import Context, allow
from shared.http.patience import waits
from shared.http.route import Route

router = APIRouter(prefix="/v1/events", route_class=Route, tags=["events"])
After = Annotated[
    str | None,
    Query(max_length=100, description="An `id` of the stream or a `next` of the archive; `latest` for what is to come"),
]
LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID", max_length=100, description="The last `id` received; before `after` where both are given"
    ),
]


@router.get(
    "/stream",
    summary="事件流（SSE） · Follow the archive as a stream",
    status_code=200,
    response_class=EventStream,
    responses={200: STREAM},
)
@waits(inf)
async def stream_events(
    context: Context,
    permit: Permitted,
    after: After = None,
    type: TypeAsked = None,  # noqa: A002
    subject: SubjectAsked = None,
    division: DivisionAsked = None,
    correlation: CorrelationAsked = None,
    ticket: TicketAsked = None,
    last_event_id: LastEventId = None,
) -> EventStream:
    """Server-sent events: those of the archive that the caller may see, in its order, then each as it is archived.

    `id` is the archive's position, `event` the event's type, `data` the CloudEvent in structured JSON. Whoever connects
    again with the last `id` as `Last-Event-ID` (or `after`) gets every event exactly once. Where neither is given the
    stream begins with the oldest event; with `after=latest` it first tells an `id` alone, from which to go on.

    Comment lines tell in silence that the connection lives. Before the service ends a stream it says why, in a message
    `closed` with a `code`: `slow-reader`, `stopping`, `token-expired`, `token-invalid` or `unavailable`.

    Browsers' EventSource sends no Authorization: it gives a `ticket`, which opens one stream once, with its own filter;
    to connect again it takes another ticket and gives the last id as `after`.
    """
    asked = permit.asks(Filter(type, subject, division, correlation))
    if asked.division is not None:
        permit.principal.require_area(asked.division)
    interest = Interest.of(permit.principal, asked)
    start = position_asked(after if last_event_id is None else last_event_id)
    first = await read_section(context, interest, start, PAGE_ROWS, PAGE_BYTES)
    return EventStream(context, Asked(permit, interest, first, from_head=start is None))


@router.post("/stream-tickets", status_code=201, summary="领取事件流票据 · Get a ticket for a stream")
async def issue_stream_ticket(
    body: StreamTicketBody, request: Request, context: Context, principal: Annotated[Principal, allow(READING)]
) -> StreamTicketAnswer:
    """For readers that can send no Authorization header: opens one stream, once, within a minute, with this filter.

    As with a token, no Idempotency-Key is needed: no answer that holds a secret is kept. The stream ends when the token
    does with which its ticket was asked for.
    """
    asked = Filter(**body.model_dump())
    if asked.division is not None:
        principal.require_area(asked.division)
    async with context.database.transaction() as transaction:
        ticket, expires_at = await tickets.issue(transaction, token_of(request), asked)
    return StreamTicketAnswer(ticket=ticket, expires_at=expires_at)
