"""How streams end: with a reason where it is ours, with nothing left behind; and how many there may be."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from prometheus_client import REGISTRY

from services.audit.service import DEFINITION
from shared.auth.revocations import officer_name
from shared.auth.tokens import GATEWAY, TokenIssuer
from shared.clock import system_now
from shared.events.gateway import OfficerAppointed
from tests.fixtures.eventstreams import at_a_port, event_source
from tests.fixtures.happenings import COUNTY
from tests.fixtures.services import RunningService, ServiceStarter
from tests.integration.audit.listeners import EVERYWHERE, STREAM, Listeners, some, until
from tests.integration.audit.readers import put

OF_A_STREAM = {"_Following.run", "hung_up", "Fanout._read_on", "Head._look", "RequestResponseCycle.run_asgi"}
Starter = Callable[..., AbstractAsyncContextManager[Listeners]]


@pytest.fixture
def listened_to(running_service: ServiceStarter) -> Starter:
    """Audit with settings of the test's own, at a port."""

    @asynccontextmanager
    async def start(**settings: Any) -> AsyncIterator[Listeners]:
        async with running_service(DEFINITION, **settings) as audit, at_a_port(audit.runtime.application) as url:
            yield Listeners(audit, url)

    return start


async def test_a_reader_who_does_not_read_is_cut_off_with_a_reason(audit: RunningService, listeners: Listeners) -> None:
    async with listeners.one() as idle:
        await until(lambda: listeners.live == 1)
        [seat] = listeners.streams._readers
        async with listeners.one() as lively:
            reading = asyncio.create_task(lively.take(300))
            for _ in range(30):
                await put(audit, some(10, size=100_000))
            assert len(await reading) == 300
        await until(lambda: seat.closing is not None)
        *before, last = [message async for message in idle.messages()]
    await until(lambda: listeners.open == 0)
    assert (last.event, last.json["code"]) == ("closed", "slow-reader")
    assert len(before) < 300
    assert {message.event for message in before} == {OfficerAppointed.type()}


async def test_a_reader_who_takes_nothing_for_long_is_cut_off(listened_to: Starter) -> None:
    """Also while it reads the archive, when nothing waits for it."""
    async with listened_to(stream_patience_seconds=0.2) as listeners:
        await put(listeners.audit, some(150, size=100_000))
        async with listeners.one() as idle:
            await until(lambda: any(seat.closing for seat in listeners.streams._readers))
            *before, last = [message async for message in idle.messages()]
    assert (last.event, last.json["code"]) == ("closed", "slow-reader")
    assert len(before) < 150


async def test_silence_is_filled(listened_to: Starter) -> None:
    async with listened_to(stream_heartbeat_seconds=0.05) as listeners, listeners.one() as source:
        reading = asyncio.create_task(source.take(1))
        await until(lambda: source.comments >= 3)
        await put(listeners.audit, some(1))
        assert len(await reading) == 1


async def test_whoever_hangs_up_leaves_nothing_behind(audit: RunningService, listeners: Listeners) -> None:
    for _ in range(3):
        async with listeners.one() as source, listeners.one("auditor", COUNTY):
            await put(audit, some(1))
            await source.take(1)
            await until(lambda: listeners.live == 2)
        await until(lambda: listeners.open == 0)
    assert listeners.live == 0
    await until(lambda: not OF_A_STREAM & {task.get_coro().__qualname__ for task in asyncio.all_tasks()})
    assert audit.context.database.pool.get_idle_size() == audit.context.database.pool.get_size()


async def test_streams_end_with_the_service(listened_to: Starter) -> None:
    async with listened_to() as listeners:
        async with listeners.one() as source:
            await until(lambda: listeners.live == 1)
            listeners.audit.runtime.leave()
            [last] = await source.take(2)
            assert (last.event, last.json["code"]) == ("closed", "stopping")
        async with listeners.one() as source:
            assert (source.answer.status, source.answer.headers["retry-after"]) == (503, "1")


async def test_a_stream_ends_with_its_token(audit: RunningService, listeners: Listeners) -> None:
    token = TokenIssuer(audit.context.keys, GATEWAY).officer(
        officer_id=uuid4(), role="operator", division=EVERYWHERE, lifetime=timedelta(seconds=3)
    )
    async with event_source(listeners.url + STREAM, {"Authorization": f"Bearer {token}"}) as source:
        [last] = await source.take(2)
    assert (last.event, last.json["code"]) == ("closed", "token-expired")


async def test_no_more_streams_than_there_may_be(listened_to: Starter) -> None:
    async with listened_to(streams_per_principal=2, streams_per_process=3) as listeners, AsyncExitStack() as stack:

        async def opened(officer: int) -> aiohttp.ClientResponse:
            return (await stack.enter_async_context(listeners.one(officer=officer))).answer

        assert [(await opened(officer)).status for officer in (1, 1)] == [200, 200]
        await _refused(await opened(1), 429, "too-many-streams")
        assert (await opened(2)).status == 200
        await _refused(await opened(3), 503, "streams-exhausted")
        await stack.aclose()
        await until(lambda: listeners.open == 0)
        assert (await opened(1)).status == 200


async def _refused(answer: aiohttp.ClientResponse, status: int, code: str) -> None:
    assert (answer.status, (await answer.json(content_type=None))["code"]) == (status, code)
    assert answer.headers["retry-after"] == "10"


async def test_a_stream_is_counted_and_its_time_is_not(audit: RunningService, listeners: Listeners) -> None:
    def told(name: str, **labels: str) -> float:
        return REGISTRY.get_sample_value(name, labels) or 0.0

    route = {"service": "audit", "route": STREAM}
    timed, ended = told("jingzhun_http_request_seconds_count", **route), _ended(told)
    answered = told("jingzhun_http_requests_total", **route, method="GET", status="200")
    async with listeners.one():
        await until(lambda: listeners.live == 1)
        assert told("jingzhun_event_streams") == 1
    await until(lambda: listeners.open == 0)
    await until(lambda: told("jingzhun_http_requests_total", **route, method="GET", status="200") == answered + 1)
    assert told("jingzhun_http_request_seconds_count", **route) == timed
    assert (told("jingzhun_event_streams"), _ended(told)) == (0, ended + 1)


def _ended(told: Callable[..., float]) -> float:
    return told("jingzhun_event_streams_ended_total", reason="hung-up")


async def test_a_stream_ends_when_its_token_is_revoked(audit: RunningService, listeners: Listeners) -> None:
    officer = uuid4()
    token = TokenIssuer(audit.context.keys, GATEWAY).officer(
        officer_id=officer, role="operator", division=EVERYWHERE, lifetime=timedelta(hours=1)
    )
    async with event_source(listeners.url + STREAM, {"Authorization": f"Bearer {token}"}) as source:
        await until(lambda: listeners.live == 1)
        audit.context.revocations.replace({officer_name(officer): system_now()})
        [last] = await source.take(2)
    assert (last.event, last.json["code"]) == ("closed", "token-invalid")
