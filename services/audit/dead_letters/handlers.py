"""The view follows what the consuming services tell of their dead letters."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from services.audit.dead_letters.domain import LEADS_TO, LetterState, earlier_than
from services.audit.domain import name_of
from shared.areas import is_division
from shared.bus.port import Delivery
from shared.database.transaction import Transaction
from shared.events import Envelope, Event, MalformedEvent, UnknownEvent, parse
from shared.events.delivery import DeadLetterEvent, EventDeadLettered
from shared.events.received import Received

Told = Received[DeadLetterEvent]
_TYPES = {EventDeadLettered.type(), *(model.type() for model in LEADS_TO)}


async def follow(transaction: Transaction, deliveries: Sequence[Delivery]) -> None:
    """Births come first: a letter's own order holds already. What cannot be read is archived and no more."""
    told = list(_told(deliveries))
    births = [_letter(one.event, one.envelope) for one in told if isinstance(one.event, EventDeadLettered)]
    moves = [_move(one.event) for one in told if type(one.event) in LEADS_TO]
    if births:
        await transaction.execute_many(
            """INSERT INTO dead_letters (id, consumer, topic, event_id, type, name, subject, division, cause, attempts,
                                         behind, first_failed_at, died_at, predecessor, state)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
               ON CONFLICT (id) DO NOTHING""",
            births,
        )
    if moves:
        await transaction.execute_many(
            """UPDATE dead_letters SET state = $2, behind = coalesce($4, behind), successor = $5
               WHERE id = $1 AND state = ANY($3::text[])""",
            moves,
        )


def _told(deliveries: Iterable[Delivery]) -> Iterator[Told]:
    for delivery in deliveries:
        if delivery.message.headers.get("ce_type") not in _TYPES:
            continue
        try:
            envelope = Envelope.read(delivery.message.headers, delivery.message.value)
            event = parse(envelope)
        except (MalformedEvent, UnknownEvent):
            continue
        if isinstance(event, DeadLetterEvent):
            yield Received(event, envelope)


def _letter(event: EventDeadLettered, envelope: Envelope) -> tuple[Any, ...]:
    return (
        event.letter_id,
        event.consumer,
        event.topic,
        event.event_id,
        event.event_type,
        name_of(event.event_type) if event.event_type else None,
        event.event_subject,
        envelope.division if is_division(envelope.division) else None,
        event.cause,
        event.attempts,
        event.behind,
        event.first_failed_at,
        event.died_at,
        event.predecessor,
        LetterState.DEAD,
    )


def _move(event: Event) -> tuple[Any, ...]:
    reached = LEADS_TO[type(event)]
    told = event.model_dump()
    return told["letter_id"], reached, earlier_than(reached), told.get("behind"), told.get("successor")
