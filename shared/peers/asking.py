"""The span of a request to another service, and the traceparent that it is sent with."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.database.transaction import current_trace
from shared.tracing import Span, SpanKind, Tracer


@contextmanager
def asking(tracer: Tracer, service: str, name: str) -> Iterator[tuple[Span, str | None]]:
    """``name`` is the method, and the path where it is the same for everybody."""
    trace = current_trace.get()
    parent = trace.traceparent if trace is not None else None
    method, _, path = name.partition(" ")
    told: dict[str, str | int | bool] = {"http.request.method": method, "server.address": service}
    if path:
        told["url.template"] = path
    with tracer.span(name, parent=parent, kind=SpanKind.CLIENT, attributes=told) as span:
        yield span, span.traceparent or parent
