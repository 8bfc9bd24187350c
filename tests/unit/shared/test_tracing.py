"""Traces as they go from place to place, and what a span says of a failure."""

import pytest
from opentelemetry.trace import SpanKind

from shared.bus.port import Message
from shared.delivery.spans import processing, sending
from shared.tracing import NO_SPANS
from shared.tracing.traceparent import following, is_sampled, is_traceparent, trace_id_of
from tests.fixtures.tracing import Recording, service_of

TRACE, OTHER = "0af7651916cd43dd8448eb211c80319c", "1af7651916cd43dd8448eb211c80319d"
SAMPLED, UNSAMPLED = f"00-{TRACE}-b7ad6b7169203331-01", f"00-{OTHER}-b7ad6b7169203331-00"
SECRET = "500229198001010015"


def message(traceparent: str | None, topic: str = "jingzhun.households.v1") -> Message:
    headers = {"ce_type": "jingzhun.households.household_moved.v1"}
    return Message(topic, "key", headers | ({"ce_traceparent": traceparent} if traceparent else {}), b"{}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00",
        SAMPLED[:-1],
        SAMPLED + "0",
        SAMPLED.upper(),
        f"01-{TRACE}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE[:-1]}g-b7ad6b7169203331-01",
    ],
)
def test_what_is_no_traceparent(text: str) -> None:
    assert not is_traceparent(text)


def test_a_trace_goes_on_as_the_caller_wants_it_recorded() -> None:
    for given in (SAMPLED, UNSAMPLED):
        step = following(given)
        assert is_traceparent(step)
        assert (trace_id_of(step), is_sampled(step)) == (trace_id_of(given), is_sampled(given))
        assert step != given
    assert is_traceparent(following(None))
    assert not is_sampled(following(None))


def test_without_an_exporter_nothing_is_made() -> None:
    with NO_SPANS.span("nothing", parent=SAMPLED) as span:
        assert span.traceparent is None
    with processing(NO_SPANS, "audit", "archive", [message(SAMPLED)]) as onward:
        assert onward == {}


def test_a_failure_is_told_by_its_class_alone() -> None:
    recording = Recording()
    with pytest.raises(ValueError, match=SECRET), recording.tracing.of("audit").span("work", parent=SAMPLED):
        raise ValueError(SECRET)
    (span,) = recording.all()
    assert (span.status.is_ok, span.status.description, span.attributes) == (
        False,
        None,
        {"error.type": "builtins.ValueError"},
    )
    assert SECRET not in span.to_json()
    assert service_of(span) == "audit"


def test_a_batch_has_one_span_for_each_trace_that_is_recorded() -> None:
    recording = Recording()
    another = f"00-{OTHER}-b7ad6b7169203331-01"
    batch = [
        message(SAMPLED),
        message(SAMPLED),
        message(UNSAMPLED),
        message(None),
        message("rubbish"),
        message(another),
    ]
    with sending(recording.tracing.of("households"), batch):
        pass
    with processing(recording.tracing.of("audit"), "audit", "archive", batch) as onward:
        assert onward.keys() == {SAMPLED, another}
        assert {trace_id_of(step) for step in onward.values()} == {TRACE, OTHER}
        assert not onward.keys() & set(onward.values())
    spans = recording.all()
    assert [(span.kind, (span.attributes or {})["messaging.batch.message_count"]) for span in spans if span.kind] == [
        (SpanKind.PRODUCER, 1),
        (SpanKind.PRODUCER, 2),
        (SpanKind.CONSUMER, 1),
        (SpanKind.CONSUMER, 2),
    ]
    assert len(recording.trace(TRACE).spans) == 2


def test_the_ratio_decides_at_the_door_whatever_a_caller_wants() -> None:
    nothing, everything = Recording(0.0), Recording(1.0)
    with nothing.tracing.of("gateway", outermost=True).span("GET", parent=SAMPLED) as door:
        assert not is_sampled(door.traceparent or SAMPLED)
    with everything.tracing.of("gateway", outermost=True).span("GET", parent=UNSAMPLED) as door:
        assert is_sampled(door.traceparent or UNSAMPLED)
    assert (len(nothing.all()), len(everything.all())) == (0, 1)


def test_behind_the_door_the_caller_decides() -> None:
    recording = Recording(0.0)
    with recording.tracing.of("audit").span("GET", parent=SAMPLED):
        pass
    with recording.tracing.of("audit").span("GET", parent=UNSAMPLED) as unmade:
        assert trace_id_of(unmade.traceparent or "") == OTHER
    assert [f"{span.context.trace_id:032x}" for span in recording.all()] == [TRACE]
