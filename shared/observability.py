"""Logs as JSON lines on standard error, and failures told by their place, never by their text."""

import logging
import sys
import traceback
from contextlib import suppress
from io import TextIOBase
from typing import TextIO, cast

import structlog


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
    # The Kafka client tells of every attempt; what comes of it is told by the bus.
    logging.getLogger("aiokafka").setLevel(logging.DEBUG if level == "debug" else logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _StandardError())),
        cache_logger_on_first_use=False,
    )


def places(error: BaseException) -> list[str]:
    """Where it failed, without its text: a database's message may quote a person's data."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)][-8:]
