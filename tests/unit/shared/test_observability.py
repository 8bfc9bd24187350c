"""Logs: every line is JSON and says what was being done; none holds what was sent, and no work hangs on a reader."""

import asyncio
import io
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
import structlog
from fastapi import APIRouter

from shared.clock import system_now
from shared.database.transaction import Transaction
from shared.delivery.dispatch import Parcel, TypedDispatch, identity_of
from shared.delivery.failure import DEFAULT_POLICY, judge
from shared.delivery.persistence import persist
from shared.delivery.telling import tell_failure
from shared.events.households import HouseholdRegistered
from shared.events.received import Received
from shared.http.app import build_application
from shared.http.route import Route
from shared.observability import configure_logging
from shared.settings import Settings
from tests.fixtures.happenings import delivered, happened, message_of

SECRET = "500229198001010015"
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
Lines = list[dict[str, Any]]
log = structlog.get_logger()


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


@contextmanager
def logged(level: str = "info") -> Iterator[Lines]:
    """All that is logged meanwhile."""
    lines: Lines = []
    with redirect_stderr(io.StringIO()) as there:
        configure_logging(level)
        yield lines
    lines += [orjson.loads(line) for line in there.getvalue().splitlines()]


def test_a_reader_that_has_gone_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, there = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", gone)
    configure_logging("warning")
    gone.close()
    log.error("unheard")
    monkeypatch.setattr(sys, "stderr", there)
    log.error("heard", service="audit")
    (line,) = there.getvalue().splitlines()
    assert orjson.loads(line).items() >= {"event": "heard", "service": "audit", "level": "error"}.items()


def test_what_a_library_logs_has_our_form_and_nothing_that_was_sent() -> None:
    with logged() as lines:
        logging.getLogger("uvicorn.error").warning("%s - refused", f"/v1/households?name={SECRET}")
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: {error!r}", exc_info=error)
    refused, failed = lines
    assert refused.items() >= {"event": "%s - refused", "logger": "uvicorn.error", "level": "warning"}.items()
    assert failed.items() >= {"event": "Task exception was never retrieved", "error": "ValueError"}.items()
    assert failed["where"][-1].endswith("test_what_a_library_logs_has_our_form_and_nothing_that_was_sent")
    assert refused.keys() >= {"timestamp"}
    assert SECRET not in str(lines)


def test_a_library_says_nothing_below_the_level() -> None:
    with logged("warning") as lines:
        logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
    assert lines == []


async def test_a_line_of_a_request_names_its_route_and_its_trace() -> None:
    router = APIRouter(route_class=Route)

    @router.get("/v1/things/{name}")
    async def get_thing(name: str) -> None:
        log.info("looked")

    application = build_application("households", "Households", [router], Settings(log_level="info"))
    headers = {"traceparent": TRACEPARENT, "authorization": f"Bearer {SECRET}"}
    with logged() as lines:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://here") as client:
            await client.get(f"/v1/things/{SECRET}", headers=headers)
        log.info("outside")
    line, answered, outside = lines
    told = {"service": "households", "method": "GET", "route": "/v1/things/{name}"}
    trace = TRACEPARENT[3:35]
    assert line.items() >= (told | {"trace_id": trace, "correlation_id": trace}).items()
    assert answered.items() >= (told | {"event": "answered", "status": 200, "trace_id": trace}).items()
    assert SECRET not in str(lines)
    assert outside.keys() == {"event", "level", "timestamp"}


async def test_a_line_of_a_handler_names_it_and_what_caused_it() -> None:
    async def learn(transaction: Transaction, received: Sequence[Received[HouseholdRegistered]]) -> None:
        log.info("learnt")

    cause = happened(HouseholdRegistered(household_id=uuid4(), in_scope=True, members=3))
    cause = Received(cause.event, cause.envelope._replace(traceparent=TRACEPARENT))
    delivery = delivered(message_of(cause))
    dispatch: Any = TypedDispatch({HouseholdRegistered: learn}, "identification")
    with logged() as lines:
        await dispatch.handle(None, [Parcel(identity_of(delivery), delivery, received=cause)])
    (line,) = lines
    assert line["service"] == "identification"
    assert line["handler"].endswith("learn")
    assert (line["causation_id"], line["correlation_id"]) == (str(cause.envelope.id), cause.envelope.correlation_id)
    assert line["trace_id"] == TRACEPARENT[3:35]


async def test_a_line_of_background_work_names_the_task() -> None:
    stop = asyncio.Event()

    async def work() -> None:
        log.info("working")
        stop.set()

    with logged() as lines:
        await persist(work, stop, service="audit", task="relay", shard=1)
    (line,) = lines
    assert line.items() >= {"service": "audit", "task": "relay", "shard": 1}.items()


@pytest.mark.parametrize(("correlation", "traceparent"), [(SECRET, SECRET), ("", ""), (f"{uuid4()} {SECRET}", "00--")])
def test_a_failure_says_where_its_event_comes_from_and_repeats_no_stranger(correlation: str, traceparent: str) -> None:
    ours = message_of(happened(HouseholdRegistered(household_id=uuid4(), in_scope=True, members=3)))
    ours = ours._replace(headers=ours.headers | {"ce_traceparent": TRACEPARENT})
    strange = ours._replace(headers=ours.headers | {"ce_correlationid": correlation, "ce_traceparent": traceparent})
    error = ValueError(SECRET)
    failure = judge(error, DEFAULT_POLICY, system_now())
    with logged() as lines:
        for message in (ours, strange):
            tell_failure("audit", delivered(message), failure, error)
    known, unknown = lines
    assert known["correlation_id"] == ours.headers["ce_correlationid"]
    assert known["trace_id"] == TRACEPARENT[3:35]
    assert unknown.keys() & {"correlation_id", "trace_id"} == set()
    assert SECRET not in str(lines)
