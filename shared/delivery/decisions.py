"""What operators decide about a service's dead letters comes as events of audit's, and is answered with events.

Every consuming service has these handlers beside its own.
"""

from collections.abc import Iterable, Sequence
from functools import wraps
from typing import Any

from shared.bus.port import Delivery
from shared.database.transaction import Transaction
from shared.delivery.dispatch import Handlers, RawHandler
from shared.delivery.operators import NotDead, replay, skip
from shared.events.audit import DeadLetterDecided, DeadLetterReplayRequested, DeadLetterSkipRequested
from shared.events.base import Envelope, MalformedEvent, UnknownEvent, parse
from shared.events.delivery import ANSWER, DeadLetterGone, DeadLetterReplayed, DeadLetterSkipped, DecisionEvent
from shared.events.received import Received


class Decisions:
    """Applies those for one consumer, in the transaction that receives them."""

    def __init__(self, consumer: str) -> None:
        self._consumer = consumer

    def beside(self, handlers: Handlers) -> Handlers:
        return {**handlers, DeadLetterReplayRequested: self.apply, DeadLetterSkipRequested: self.apply}

    def after(self, handler: RawHandler) -> RawHandler:
        @wraps(handler)
        async def handle(transaction: Transaction, deliveries: Sequence[Delivery]) -> None:
            await handler(transaction, deliveries)
            await self.apply(transaction, list(_decided(deliveries)))

        return handle

    async def apply(self, transaction: Transaction, received: Sequence[Received[Any]]) -> None:
        for one in received:
            if one.event.consumer == self._consumer:
                answer = await _carry_out(transaction, one.event)
                transaction.emit(answer, division=one.envelope.division, sequence=ANSWER, cause=one.envelope)


async def _carry_out(transaction: Transaction, decided: DeadLetterDecided) -> DecisionEvent:
    names = decided.model_dump()
    try:
        if isinstance(decided, DeadLetterReplayRequested):
            dead = await replay(transaction, decided.letter_id, decided.decision_id)
            return DeadLetterReplayed(**names, behind=dead.behind)
        dead = await skip(transaction, decided.letter_id, decided.decision_id)
        return DeadLetterSkipped(**names, behind=dead.behind)
    except NotDead:
        return DeadLetterGone(**names)


def _decided(deliveries: Iterable[Delivery]) -> Iterable[Received[DeadLetterDecided]]:
    """Whoever takes everything as it comes reads what is meant for itself, and leaves the unreadable."""
    types = {DeadLetterReplayRequested.type(), DeadLetterSkipRequested.type()}
    for delivery in deliveries:
        if delivery.message.headers.get("ce_type") not in types:
            continue
        try:
            envelope = Envelope.read(delivery.message.headers, delivery.message.value)
            event = parse(envelope)
        except (MalformedEvent, UnknownEvent):
            continue
        if isinstance(event, DeadLetterDecided):
            yield Received(event, envelope)
