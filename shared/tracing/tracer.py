"""Spans of one service. Where no exporter is set none is made, and asking for one costs a call."""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

from opentelemetry.trace import Span as RecordedSpan
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace import Tracer as Recorder

from shared.tracing.traceparent import context_of, written

__all__ = ["NO_SPANS", "UNMADE", "Span", "SpanKind", "Tracer"]
Attributes = Mapping[str, str | int | bool]
_NOTHING: Attributes = {}


class Span:
    """Open as long as its block lasts. What fails it is told by its class: a text could quote what was sent."""

    __slots__ = ("_span",)

    def __init__(self, span: RecordedSpan | None) -> None:
        self._span = span

    @property
    def traceparent(self) -> str | None:
        """By which others go on from here; None where no spans are made."""
        return None if self._span is None else written(self._span.get_span_context())

    def name(self, name: str) -> None:
        if self._span is not None:
            self._span.update_name(name)

    def tell(self, attributes: Attributes) -> None:
        if self._span is not None:
            self._span.set_attributes(dict(attributes))

    def fail(self, kind: str) -> None:
        if self._span is not None:
            self._span.set_attribute("error.type", kind)
            self._span.set_status(Status(StatusCode.ERROR))

    def end(self) -> None:
        if self._span is not None:
            self._span.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and issubclass(kind, Exception):
            self.fail(f"{kind.__module__}.{kind.__qualname__}")
        self.end()


UNMADE = Span(None)


class Tracer:
    """``system`` is what the bus is, in the words of OpenTelemetry's messaging conventions."""

    def __init__(self, recorder: Recorder | None = None, system: str = "") -> None:
        self._recorder = recorder
        self.system = system

    @property
    def active(self) -> bool:
        return self._recorder is not None

    def span(
        self,
        name: str,
        *,
        parent: str | None,
        kind: SpanKind = SpanKind.INTERNAL,
        attributes: Attributes = _NOTHING,
    ) -> Span:
        """``parent`` is a traceparent; without one the span begins a trace."""
        if self._recorder is None:
            return UNMADE
        return Span(self._recorder.start_span(name, context_of(parent), kind, dict(attributes)))


NO_SPANS = Tracer()
