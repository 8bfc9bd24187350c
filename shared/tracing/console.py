"""Spans among the lines of the log, for whoever tries things out."""

import sys
from datetime import UTC, datetime
from typing import Any

import orjson
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import ConsoleSpanExporter

_SECOND = 1_000_000_000


def console_exporter() -> ConsoleSpanExporter:
    return ConsoleSpanExporter(out=sys.stderr, formatter=_line)


def _line(span: ReadableSpan) -> str:
    began, ended = span.start_time or 0, span.end_time or 0
    told: dict[str, Any] = {
        "event": "span",
        "service": span.resource.attributes["service.name"],
        "name": span.name,
        "kind": span.kind.name.lower(),
        "trace_id": f"{span.context.trace_id:032x}",
        "span_id": f"{span.context.span_id:016x}",
        "parent_id": f"{span.parent.span_id:016x}" if span.parent is not None else None,
        "milliseconds": round((ended - began) / 1_000_000, 3),
        "status": span.status.status_code.name.lower(),
        "attributes": dict(span.attributes or {}),
        "timestamp": datetime.fromtimestamp(began / _SECOND, UTC).isoformat(),
    }
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE).decode()
