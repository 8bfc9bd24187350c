"""What the tests of the receiving side share."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

from prometheus_client import REGISTRY

from shared.bus.port import Bus, Message
from shared.clock import system_now
from shared.database.database import Database
from shared.delivery.assembly import Runnable
from shared.delivery.consumer import Consumer, Handlers
from shared.delivery.dispatch import TypedDispatch
from shared.delivery.failure import RetryPolicy
from shared.delivery.retry import Retrier
from shared.events.base import Envelope, Event
from tests.conformance.service import DIVISION, HANDLERS, RECEIVER, TOPIC, effects_of

QUICK = RetryPolicy(attempts=3, first=timedelta(milliseconds=20), longest=timedelta(milliseconds=50))
PATIENT = RetryPolicy(attempts=3, first=timedelta(hours=1))


def receiving(
    receiver: Database, bus: Bus, handlers: Handlers = HANDLERS, policy: RetryPolicy = QUICK
) -> tuple[Runnable, Runnable]:
    dispatch = TypedDispatch(handlers)
    return Consumer(receiver, bus, [TOPIC], dispatch, policy), Retrier(receiver, dispatch, policy)


def envelope_of(event: Event, sequence: int = 1, *, type_: str | None = None, data: bytes | None = None) -> Envelope:
    id_ = uuid4()
    return Envelope(
        id=id_,
        type=type_ or event.type(),
        source="/jingzhun/sender",
        subject=event.subject,
        partition_key=event.subject,
        time=system_now(),
        division=DIVISION,
        sequence=sequence,
        correlation_id=str(id_),
        causation_id=None,
        traceparent=None,
        data=data or event.encoded(),
    )


def message_of(envelope: Envelope) -> Message:
    return Message(TOPIC, envelope.partition_key, envelope.headers(), envelope.data)


def wrote(receiver: Database, expected: dict[UUID, list[int]]) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return await effects_of(receiver) == expected

    return holds


def metric(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, {"service": RECEIVER, **labels}) or 0.0
