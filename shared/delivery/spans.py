"""Spans of what goes over the bus, by OpenTelemetry's conventions for messaging.

A batch holds messages of many traces: there is one span for each of them, parent and child by the context in which
the events were decided. Traces that nobody records are passed over.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import NamedTuple, TypeAlias

from shared.bus.port import Message
from shared.tracing import SpanKind, Tracer
from shared.tracing.traceparent import is_sampled, is_traceparent

Onward: TypeAlias = Mapping[str, str]
"""The traceparent that follows each received one: whatever a handler causes goes on from its own span."""
_NOWHERE: Onward = {}


class _Part(NamedTuple):
    """Of a batch: what belongs to one trace and one topic."""

    topic: str
    traceparent: str


@contextmanager
def sending(tracer: Tracer, messages: Sequence[Message]) -> Iterator[None]:
    """From the outbox to the bus."""
    if not tracer.active:
        yield
        return
    with _spans(tracer, "send", SpanKind.PRODUCER, messages, {}):
        yield


@contextmanager
def processing(tracer: Tracer, group: str, handler: str, messages: Sequence[Message]) -> Iterator[Onward]:
    if not tracer.active:
        yield _NOWHERE
        return
    named = {"messaging.consumer.group.name": group, "code.function.name": handler}
    with _spans(tracer, "process", SpanKind.CONSUMER, messages, named) as onward:
        yield onward


@contextmanager
def _spans(
    tracer: Tracer, verb: str, kind: SpanKind, messages: Sequence[Message], named: Mapping[str, str]
) -> Iterator[Onward]:
    onward: dict[str, str] = {}
    types = {message.headers.get("ce_type", "") for message in messages}
    if len(types) == 1:
        named = {**named, "cloudevents.event_type": types.pop()}
    with ExitStack() as stack:
        for part, count in Counter(_parts(messages)).items():
            attributes: dict[str, str | int | bool] = {
                "messaging.system": tracer.system,
                "messaging.operation.name": verb,
                "messaging.operation.type": verb,
                "messaging.destination.name": part.topic,
                "messaging.batch.message_count": count,
                **named,
            }
            span = tracer.span(f"{verb} {part.topic}", parent=part.traceparent, kind=kind, attributes=attributes)
            onward[part.traceparent] = stack.enter_context(span).traceparent or part.traceparent
        yield onward


def _parts(messages: Sequence[Message]) -> Iterator[_Part]:
    for message in messages:
        traceparent = message.headers.get("ce_traceparent", "")
        if is_traceparent(traceparent) and is_sampled(traceparent):
            yield _Part(message.topic, traceparent)
