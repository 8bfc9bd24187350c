"""One wiring, two ways to run: everything in one process, or a gateway that forwards to the others."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest_asyncio

from services.commands import serving
from services.topology import BY_NAME
from shared.clock import system_now
from shared.embedded import EmbeddedPostgres
from shared.settings import Settings
from tests.fixtures.services import RunningSystem, running_system

COUNTY = "500229000000"
DAY = 86_400.0
TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest_asyncio.fixture(loop_scope="session")
async def system(database_server: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[RunningSystem]:
    async with running_system(database_server, tmp_path) as running:
        yield running


async def test_all_in_one_process_behind_one_door(system: RunningSystem) -> None:
    client, officer = system.client, system.tokens.officer("county_officer", COUNTY)
    assert (await client.get("/readyz")).json() == {"status": "ready"}
    for path in ("/v1/me", "/v1/codes", "/v1/divisions", "/v1/cases", "/v1/events", "/v1/tasks"):
        answer = await client.get(path, headers=officer | {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})
        assert answer.status_code == 200, path
        assert answer.headers.get_list("x-trace-id") == [TRACE]
        assert answer.headers.get_list("cache-control") == ["no-store"]
    assert (await client.get("/v1/nothing", headers=officer)).json()["code"] == "not-found"
    assert (await client.post("/internal/clock", headers=officer, json={"seconds": 1})).status_code == 404
    assert (await client.post("/internal/revocations", headers=officer, json={"known": ""})).status_code == 401
    metrics = (await client.get("/metrics")).text
    for name in ("outbox_age_seconds", "consumer_lag", "parked_keys", "dead_keys", "open_cases"):
        assert f"jingzhun_{name}{{" in metrics


async def test_moving_the_clock_moves_every_service_and_is_archived(system: RunningSystem) -> None:
    operator = system.tokens.officer("operator", COUNTY)
    moved = await system.client.post("/v1/sandbox/clock", json={"advance_days": 9}, headers=operator)
    assert moved.status_code == 200
    clocks = {runtime.context.clock.offset.days for runtime in system.system.services.values()}
    assert clocks == {9}
    assert (await system.client.get("/v1/sandbox/clock?wait=30", headers=operator)).json()["settled"]
    found = await system.client.get(
        "/v1/events?type=jingzhun.gateway.policy_clock_advanced.v1&limit=1000", headers=operator
    )
    assert 9 * 86_400.0 in [event["data"]["offset_seconds"] for event in found.json()["items"]]


async def test_internal_routes_know_who_asks(system: RunningSystem) -> None:
    """The gateway's key opens the clock and nothing else; a service's key everything it was given but the clock."""
    households = httpx.ASGITransport(system.system.services["households"].application)
    question = {"households": [str(uuid4())]}
    async with httpx.AsyncClient(transport=households, base_url="http://households") as client:

        async def status(caller: str, path: str) -> int:
            headers = system.tokens.service(caller, "households")
            return (await client.post(f"/internal/{path}", headers=headers, json=question)).status_code

        assert await status("gateway", "id-numbers") == 403
        assert await status("identification", "pending") == 403
        assert await status("gateway", "pending") == 200
        assert await status("notifications", "id-numbers") == 401


async def test_a_gateway_of_its_own_forwards_to_the_others(
    system: RunningSystem, database_server: EmbeddedPostgres
) -> None:
    """The others are reached over HTTP; one of them is down, the rest keep answering."""
    with (
        serving.bind("127.0.0.1", 0) as door,
        serving.bind("127.0.0.1", 0) as elsewhere,
        serving.bind("127.0.0.1", 0) as shut,
    ):
        nobody = f"http://127.0.0.1:{shut.getsockname()[1]}"
        urls = dict.fromkeys(BY_NAME, (nobody,))
        shut.close()
        urls["households"] = (nobody, f"http://127.0.0.1:{elsewhere.getsockname()[1]}")
        settings: Settings = system.settings.model_copy(update={"service_urls": urls})
        stop, answering = asyncio.Event(), asyncio.TaskGroup()
        async with serving.running(settings, database_server, ["gateway"]) as front, answering:
            behind = system.system.services["households"].application
            for application, at in ((front.application, door), (behind, elsewhere)):
                ready = asyncio.Event()
                answering.create_task(serving.serve_application(application, at, stop, ready.set))
                await ready.wait()
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{door.getsockname()[1]}") as client:
                officer = system.tokens.officer("county_officer", COUNTY)
                divisions = await client.get("/v1/divisions", headers=officer)
                cases = await client.get("/v1/cases", headers=officer)
                ready_now = await client.get("/readyz")
            stop.set()
    assert (divisions.status_code, len(divisions.headers.get_list("x-trace-id"))) == (200, 1)
    assert (cases.status_code, cases.headers["retry-after"]) == (503, "1")
    assert ready_now.json()["services"].keys() == {"identification", "notifications", "audit"}


async def test_a_clock_moved_through_one_replica_is_every_replicas(
    system: RunningSystem, database_server: EmbeddedPostgres
) -> None:
    async with (
        serving.running(system.settings, database_server, ["notifications"]) as one,
        serving.running(system.settings, database_server, ["notifications"]) as other,
        httpx.AsyncClient(transport=httpx.ASGITransport(one.application), base_url="http://one") as client,
    ):
        headers = system.tokens.service("gateway", "notifications")
        for seconds in (5 * DAY, 3 * DAY):
            assert (await client.post("/internal/clock", headers=headers, json={"seconds": seconds})).status_code == 200
        for replica in (one, other):
            database = replica.services["notifications"].context.database
            async with database.transaction() as transaction:
                assert transaction.now - system_now() > timedelta(days=4)
            assert (await database.policy_clock()).offset == timedelta(days=5)
