"""Logs go wherever standard error leads, and nobody's work hangs on who reads them."""

import io
import sys
from collections.abc import Iterator

import orjson
import pytest
import structlog

from shared.observability import configure_logging


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_a_reader_that_has_gone_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, there = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", gone)
    configure_logging("warning")
    gone.close()
    structlog.get_logger().error("unheard")
    monkeypatch.setattr(sys, "stderr", there)
    structlog.get_logger().error("heard", service="audit")
    (line,) = there.getvalue().splitlines()
    assert orjson.loads(line).items() >= {"event": "heard", "service": "audit", "level": "error"}.items()
