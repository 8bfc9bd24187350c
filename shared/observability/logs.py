"""Logs as JSON lines on standard error: ours and those of the libraries, each with what was being done.

A line says ``service`` and, where there are such, ``route``, ``handler``, ``timer``, ``job`` or ``task``, the
``trace_id`` and ``correlation_id``, in handlers the ``causation_id``. It never holds a token, a body, a URL, or the
text of an error.
"""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOBase
from typing import Any, TextIO, cast

import orjson
import structlog

from shared.database.transaction import current_trace
from shared.observability.failures import places
from shared.observability.scene import current_scene

_TALKATIVE = ("alembic", "opentelemetry")
"""Libraries that put into their messages what is ours: revisions, an exporter's address. Any other's is anybody's."""


class _StandardError(TextIOBase):
    """Wherever standard error leads now. Whoever reads it may have gone: work that lasts goes on without a reader."""

    def write(self, text: str, /) -> int:
        with suppress(OSError, ValueError):
            return sys.stderr.write(text)
        return 0

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()


def configure_logging(level: str) -> None:
    # These tell of every attempt; what comes of it is told by who asked.
    logging.getLogger("aiokafka").setLevel(logging.DEBUG if level == "debug" else logging.CRITICAL)
    logging.getLogger("opentelemetry").setLevel(logging.DEBUG if level == "debug" else logging.ERROR)
    logging.getLogger("httpx").setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
    number, output = getattr(logging, level.upper()), cast(TextIO, _StandardError())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _placed,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(output),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for earlier in [handler for handler in root.handlers if isinstance(handler, _Libraries)]:
        root.removeHandler(earlier)
    root.addHandler(_Libraries(output))
    root.setLevel(number)


class _Libraries(logging.StreamHandler[TextIO]):
    """What libraries log, in our form."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"event": _said(record), "logger": record.name}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__name__, "where": places(error)}
        line["level"] = record.levelname.lower()
        line["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat()
        return orjson.dumps(_placed(None, "", line)).decode()


def _said(record: logging.LogRecord) -> str:
    """The first line of the message as the library's author wrote it: what is put into it could be anybody's data."""
    text = record.getMessage() if record.name.startswith(_TALKATIVE) else str(record.msg)
    return text.strip().partition("\n")[0]


def _placed(logger: object, name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What the line does not say itself."""
    scene, trace = current_scene.get(), current_trace.get()
    if scene is not None:
        for key, value in scene.told().items():
            line.setdefault(key, value)
    if trace is not None:
        line.setdefault("correlation_id", trace.correlation_id)
        if trace.causation_id is not None:
            line.setdefault("causation_id", trace.causation_id)
        if trace.traceparent is not None:
            line.setdefault("trace_id", trace.traceparent.split("-")[1])
    return line
