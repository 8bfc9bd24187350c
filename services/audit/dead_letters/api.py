"""Dead letters as operators see and decide them. A decision is an event: the consuming service carries it out."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.audit.dead_letters.domain import LEADS_TO, Action, LetterState, available_actions
from services.audit.dead_letters.store import Filter, keep_decision, letter, letters, locked_state
from services.audit.problems import DEAD_LETTER_DECIDED
from shared.auth import Principal
from shared.database.transaction import Transaction
from shared.events.audit import DeadLetterDecided, DeadLetterReplayRequested, DeadLetterSkipRequested
from shared.events.delivery import DECISION
from shared.http.access import allow
from shared.http.commands import Read, Write
from shared.http.pages import Cursor, Limit, next_cursor, read_id
from shared.http.route import Route
from shared.http.schemas import Answer, Body, DivisionCode, Page, Text
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

router = APIRouter(prefix="/v1", route_class=Route, tags=["dead-letters"])
Reader = Annotated[Principal, allow("dead-letters:read")]
Operator = Annotated[Principal, allow("dead-letters:write")]
_NAME = Query(max_length=250)
_REQUESTS: dict[Action, type[DeadLetterDecided]] = {
    Action.REPLAY: DeadLetterReplayRequested,
    Action.SKIP: DeadLetterSkipRequested,
}


class DeadLetterDecisionBody(Body):
    reason: Text


class DeadLetterDecisionAnswer(Answer):
    """``decided_by`` is an officer's id or a client's name."""

    id: UUID
    action: Action
    reason: str
    decided_by: str
    decided_at: datetime


class DeadLetterAnswer(Answer):
    """One death of one event in one consumer; replayed and dead again, it is another letter, its ``successor``.

    ``type``, ``subject`` and ``division`` are null where they could not be read; the event itself stands in the
    archive under ``event_id``. ``cause`` is the failure's class. ``behind``: how many events of the same key waited
    for this one when it was last heard of.
    """

    id: UUID
    consumer: str
    topic: str
    event_id: UUID
    type: str | None
    subject: UUID | None
    division: str | None
    cause: str
    attempts: int
    behind: int
    first_failed_at: datetime
    died_at: datetime
    state: LetterState
    predecessor: UUID | None
    successor: UUID | None
    decision: DeadLetterDecisionAnswer | None
    available_actions: list[Action]


_OWN = DeadLetterAnswer.model_fields.keys() - {"decision", "available_actions"}


def _answer(row: Any, principal: Principal) -> DeadLetterAnswer:
    return DeadLetterAnswer(
        **{name: row[name] for name in _OWN},
        decision=_decision(row),
        available_actions=available_actions(LetterState(row["state"]), principal.scopes),
    )


def _decision(row: Any) -> DeadLetterDecisionAnswer | None:
    if row["decision_id"] is None:
        return None
    names = ("action", "reason", "decided_by", "decided_at")
    return DeadLetterDecisionAnswer(id=row["decision_id"], **{name: row[name] for name in names})


@router.get("/dead-letters", summary="死信列表 · List dead letters")
async def list_dead_letters(
    principal: Reader,
    connection: Read,
    request: Request,
    response: Response,
    consumer: Annotated[str | None, _NAME] = None,
    state: Annotated[LetterState | None, Query()] = None,
    topic: Annotated[str | None, _NAME] = None,
    type: Annotated[str | None, Query(max_length=200, description="Full type, or the event's short name")] = None,  # noqa: A002
    division: Annotated[DivisionCode | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[DeadLetterAnswer]:
    """Events that a service gave up, oldest first, without their content.

    Those of no division are shown where no division is asked for. With `state=dead`: what waits for an operator.
    """
    if division is not None:
        principal.require_area(division)
    asked = Filter(consumer, state, topic, type, division)
    rows = await letters(connection, principal, asked, after=read_id(request, cursor), limit=limit)
    last = [str(rows[-1]["id"])] if rows else None
    items = [_answer(row, principal) for row in rows]
    return Page(items=items, next=next_cursor(request, response, rows, limit, last))


@router.get("/dead-letters/{letter_id}", summary="查看一封死信 · One dead letter")
async def get_dead_letter(letter_id: UUID, principal: Reader, connection: Read) -> DeadLetterAnswer:
    """With what was decided about it, and what the caller may decide."""
    row = await letter(connection, principal, letter_id)
    if row is None:
        raise Problem(NOT_FOUND)
    return _answer(row, principal)


@router.post("/dead-letters/{letter_id}/replay", summary="重试死信 · Replay a dead letter", status_code=202)
async def replay_dead_letter(
    letter_id: UUID, body: DeadLetterDecisionBody, principal: Operator, transaction: Write
) -> DeadLetterAnswer:
    """The consumer tries the event again, those behind it after it: `settled` once it is handled, else `died_again`."""
    return await _decide(transaction, principal, letter_id, Action.REPLAY, body.reason)


@router.post("/dead-letters/{letter_id}/skip", summary="跳过死信 · Skip a dead letter", status_code=202)
async def skip_dead_letter(
    letter_id: UUID, body: DeadLetterDecisionBody, principal: Operator, transaction: Write
) -> DeadLetterAnswer:
    """The event stays without effect in this consumer, and those behind it are tried: `skipped` once that is done."""
    return await _decide(transaction, principal, letter_id, Action.SKIP, body.reason)


async def _decide(
    transaction: Transaction, principal: Principal, letter_id: UUID, action: Action, reason: str
) -> DeadLetterAnswer:
    state = await locked_state(transaction, principal, letter_id)
    if state is None:
        raise Problem(NOT_FOUND)
    if state != LetterState.DEAD:
        raise Problem(DEAD_LETTER_DECIDED, state=state)
    request = _REQUESTS[action]
    decision_id, row = await keep_decision(transaction, letter_id, action, LEADS_TO[request], reason, principal.subject)
    event = request(letter_id=letter_id, consumer=row["consumer"], decision_id=decision_id)
    transaction.emit(event, division=row["division"] or "", sequence=DECISION)
    return _answer(row, principal)
