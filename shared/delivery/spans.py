"""Spans of what goes over the bus, by OpenTelemetry's conventions for messaging.

A batch holds messages of many traces: there is one span for each of them, parent and child by the context in which
the events were decided. Traces that nobody records are passed over.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import NamedTuple, TypeAlias

from shared.bus.port import Message
from shared.tracing import SpanKind, Tracer
from shared.tracing.traceparent import is_sampled, is_traceparent

Onward: TypeAlias = Mapping[str, str]
"""The traceparent that follows each received one: whatever a handler causes goes on from its own span."""
_NOWHERE: Onward = {}
_UNRECORDED = nullcontext(_NOWHERE)


class _Part(NamedTuple):
    """Of a batch: what belongs to one trace and one topic."""

    topic: str
    traceparent: str


def sending(tracer: Tracer, messages: Iterable[Message]) -> AbstractContextManager[Onward]:
    """From the outbox to the bus."""
    return _spans(tracer, "send", SpanKind.PRODUCER, list(messages), {}) if tracer.active else _UNRECORDED


def processing(tracer: Tracer, group: str, handler: str, messages: Iterable[Message]) -> AbstractContextManager[Onward]:
    if not tracer.active:
        return _UNRECORDED
    named = {"messaging.consumer.group.name": group, "code.function.name": handler}
    return _spans(tracer, "process", SpanKind.CONSUMER, list(messages), named)


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
