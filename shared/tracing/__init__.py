"""Traces by OpenTelemetry: from a request over the bus to the last projection, joined by W3C Trace Context alone."""

from shared.tracing.tracer import NO_SPANS, UNMADE, Span, SpanKind, Tracer

__all__ = ["NO_SPANS", "UNMADE", "Span", "SpanKind", "Tracer"]
