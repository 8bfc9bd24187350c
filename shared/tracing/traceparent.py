"""W3C Trace Context, the one form in which a trace goes from place to place."""

import os
import re

from opentelemetry.context import Context
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

_FORM = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
_SAMPLED = 0x01


def is_traceparent(text: str) -> bool:
    return _FORM.fullmatch(text) is not None


def trace_id_of(traceparent: str) -> str:
    return traceparent[3:35]


def is_sampled(traceparent: str) -> bool:
    return bool(int(traceparent[-2:], 16) & _SAMPLED)


def following(traceparent: str | None) -> str:
    """Another step of the caller's trace, or the first of a new one; nobody records it unless the caller does."""
    drawn = os.urandom(24).hex()
    if traceparent is None:
        return f"00-{drawn[16:]}-{drawn[:16]}-00"
    return f"00-{trace_id_of(traceparent)}-{drawn[:16]}-{traceparent[-2:]}"


def written(context: SpanContext) -> str:
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def context_of(traceparent: str | None) -> Context:
    """As the parent of a span; without one the span begins a trace."""
    found = _FORM.fullmatch(traceparent) if traceparent is not None else None
    if found is None:
        return Context()
    trace_id, span_id, flags = (int(part, 16) for part in found.groups())
    parent = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))
    return set_span_in_context(NonRecordingSpan(parent), Context())
