"""What a service does with deliveries: typed handlers by event, or one raw handler for everything.

Handlers get a run of events at once, in order per key, in the transaction that also moves the inbox. They may be
called again with the same events after any failure; only the last call's effects are committed.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol, TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.bus.port import Delivery
from shared.database.transaction import Trace, Transaction, current_trace
from shared.delivery.deadletters import clean
from shared.delivery.spans import Onward, processing
from shared.events.base import Envelope, Event, MalformedEvent, parse
from shared.events.received import Received
from shared.observability import doing
from shared.observability.scene import Background, Scene, current_scene
from shared.tracing import NO_SPANS, Tracer

Lane: TypeAlias = tuple[str, str]


Handler: TypeAlias = Callable[[Transaction, Sequence[Received[Any]]], Awaitable[None]]
Handlers: TypeAlias = Mapping[type[Event], Handler]
RawHandler: TypeAlias = Callable[[Transaction, Sequence[Delivery]], Awaitable[None]]
"""Receives every message as it came, known or unknown, with whatever headers a stranger may have given it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery that is this service's business: opened, or found defective."""

    id: UUID
    delivery: Delivery
    received: Received[Event] | None = None
    defect: MalformedEvent | None = None

    @property
    def lane(self) -> Lane:
        """Parcels of one lane are handled in order."""
        return self.delivery.message.topic, clean(self.delivery.message.key)


class Dispatch(Protocol):
    def open(self, delivery: Delivery) -> Parcel | None:
        """None where the delivery is none of the service's business."""
        ...

    async def handle(self, transaction: Transaction, parcels: Sequence[Parcel]) -> None: ...


def identity_of(delivery: Delivery) -> UUID:
    """By which the inbox knows a delivery again: its message's id, or its place where it has none of our form."""
    message = delivery.message
    try:
        return UUID(message.id)
    except (TypeError, ValueError, AttributeError):
        return uuid5(NAMESPACE_URL, f"{message.topic}/{delivery.shard}/{delivery.position}")


class TypedDispatch:
    """``group`` is the service whose handlers these are."""

    def __init__(self, handlers: Handlers, group: str = "", tracer: Tracer = NO_SPANS) -> None:
        self._handlers = handlers
        self._group = group
        self._tracer = tracer
        self._stems = {_stem(model.type()) for model in handlers}
        self._names = {model: name_of(handler) for model, handler in handlers.items()}
        self._scenes = {model: Background(group, {"handler": name}) for model, name in self._names.items()}

    def open(self, delivery: Delivery) -> Parcel | None:
        if self._is_anothers(delivery.message.headers.get("ce_type")):
            return None
        id_ = identity_of(delivery)
        try:
            envelope = Envelope.read(delivery.message.headers, delivery.message.value)
            if _stem(envelope.type) not in self._stems:
                return None
            event = parse(envelope)
        except MalformedEvent as defect:
            return Parcel(id_, delivery, defect=defect)
        if type(event) not in self._handlers:
            return None
        return Parcel(id_, delivery, received=Received(event, envelope))

    def _is_anothers(self, type_: str | None) -> bool:
        """Most of what a topic carries: not worth reading further."""
        return type_ is not None and _stem(type_) not in self._stems

    async def handle(self, transaction: Transaction, parcels: Sequence[Parcel]) -> None:
        """Runs of equal type go to their handler together, in order."""
        for model, run in groupby(parcels, key=lambda parcel: type(_opened(parcel).event)):
            parcels_together, name = list(run), self._names[model]
            messages = (parcel.delivery.message for parcel in parcels_together)
            with processing(self._tracer, self._group, name, messages) as onward:
                events = [_opened(parcel) for parcel in parcels_together]
                if onward:
                    events = [_going_on(each, onward) for each in events]
                with _known(events, self._scenes[model]):
                    await self._handlers[model](transaction, events)


class RawDispatch:
    def __init__(self, handler: RawHandler, group: str = "", tracer: Tracer = NO_SPANS) -> None:
        self._handler = handler
        self._group = group
        self._tracer = tracer

    def open(self, delivery: Delivery) -> Parcel:
        return Parcel(identity_of(delivery), delivery)

    async def handle(self, transaction: Transaction, parcels: Sequence[Parcel]) -> None:
        if parcels:
            deliveries = [parcel.delivery for parcel in parcels]
            messages = (delivery.message for delivery in deliveries)
            name = name_of(self._handler)
            with processing(self._tracer, self._group, name, messages), doing(self._group, handler=name):
                await self._handler(transaction, deliveries)


def name_of(handler: Callable[..., Any]) -> str:
    """Its place in the code."""
    return f"{handler.__module__}.{handler.__qualname__}"


def _stem(type_: str) -> str:
    """The type without its version."""
    return type_.rpartition(".v")[0]


def _opened(parcel: Parcel) -> Received[Event]:
    if parcel.received is None:
        raise parcel.defect or MalformedEvent("the event was never opened")
    return parcel.received


def _going_on(received: Received[Event], onward: Onward) -> Received[Event]:
    """What the event causes is traced to who handles it."""
    traceparent = received.envelope.traceparent
    if traceparent is None or traceparent not in onward:
        return received
    return Received(received.event, received.envelope._replace(traceparent=onward[traceparent]))


def common_trace(run: Iterable[Received[Event]]) -> Trace | None:
    """What can be said of everything a run causes: its whole cause where it is one event, else what all share."""
    envelopes = [received.envelope for received in run]
    if len(envelopes) == 1:
        cause = envelopes[0]
        return Trace(cause.correlation_id, str(cause.id), cause.traceparent)
    correlations = {envelope.correlation_id for envelope in envelopes}
    return Trace(correlations.pop()) if len(correlations) == 1 else None


@contextmanager
def _known(run: Sequence[Received[Event]], scene: Scene) -> Iterator[None]:
    """To what the handler tells, and to what it logs."""
    trace_before, scene_before = current_trace.set(common_trace(run)), current_scene.set(scene)
    try:
        yield
    finally:
        current_scene.reset(scene_before)
        current_trace.reset(trace_before)
