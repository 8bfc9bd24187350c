"""The sandbox's clock: everywhere or an error, forward only, once a key; settled when nothing is left."""

import asyncio
from datetime import UTC, datetime, timedelta

from services.gateway.service import DEFINITION
from tests.fixtures.services import RunningService, ServiceStarter
from tests.integration.gateway.neighbours import DRAINED, Neighbour

COUNTY = "500229000000"
DAY = 86_400.0
CLOCK = "/v1/sandbox/clock"


async def test_a_move_reaches_every_service(gateway: RunningService, beside: dict[str, Neighbour]) -> None:
    operator = gateway.tokens.officer("operator", COUNTY)
    answer = await gateway.client.post(CLOCK, json={"advance_days": 8}, headers=operator)
    assert answer.status_code == 200
    assert answer.json()["offset_seconds"] == 8 * DAY
    assert {each.seconds for each in beside.values()} == {8 * DAY}
    assert gateway.context.clock.now() - datetime.now(UTC) > timedelta(days=7)
    kept = await gateway.context.database.pool.fetchval("SELECT seconds FROM policy_clock")
    assert kept == 8 * DAY


async def test_repeating_a_request_moves_no_further(gateway: RunningService, beside: dict[str, Neighbour]) -> None:
    operator = gateway.tokens.officer("operator", COUNTY)
    for _ in range(2):
        answer = await gateway.client.post(CLOCK, json={"advance_days": 3}, headers=operator)
        assert answer.json()["offset_seconds"] == 3 * DAY
    assert answer.headers["idempotency-replayed"] == "true"
    assert beside["audit"].seconds == 3 * DAY
    other = await gateway.client.post(CLOCK, json={"advance_days": 4}, headers=operator)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


async def test_moves_at_the_same_time_add_up(gateway: RunningService, beside: dict[str, Neighbour]) -> None:
    async def move() -> int:
        headers = gateway.tokens.officer("operator", COUNTY)
        return (await gateway.client.post(CLOCK, json={"advance_days": 1}, headers=headers)).status_code

    assert await asyncio.gather(*(move() for _ in range(4))) == [200] * 4
    assert {each.seconds for each in beside.values()} == {4 * DAY}


async def test_a_service_that_is_down_is_named_and_the_move_is_completed_later(
    gateway: RunningService, beside: dict[str, Neighbour]
) -> None:
    operator = gateway.tokens.officer("operator", COUNTY)
    beside["audit"].down = True
    failed = await gateway.client.post(CLOCK, json={"advance_days": 2}, headers=operator)
    assert (failed.status_code, failed.json()["code"], failed.json()["services"]) == (503, "clock-not-set", ["audit"])
    assert "retry-after" in failed.headers
    beside["audit"].down = False
    again = await gateway.client.post(CLOCK, json={"advance_days": 2}, headers=operator)
    assert again.json()["offset_seconds"] == 2 * DAY
    assert {each.seconds for each in beside.values()} == {2 * DAY}


async def test_never_backwards_and_only_by_whom_it_may(gateway: RunningService) -> None:
    def headers(role: str) -> dict[str, str]:
        return gateway.tokens.officer(role, COUNTY)

    past = {"advance_to": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}
    refused = await gateway.client.post(CLOCK, json=past, headers=headers("operator"))
    assert (refused.status_code, refused.json()["code"]) == (409, "clock-backwards")
    for body in ({}, {"advance_days": 1} | past, {"advance_days": 0}, {"advance_to": "2030-01-01T00:00:00"}):
        wrong = await gateway.client.post(CLOCK, json=body, headers=headers("operator"))
        assert (wrong.status_code, wrong.json()["code"]) == (422, "request-invalid")
    officer = await gateway.client.post(CLOCK, json={"advance_days": 1}, headers=headers("county_officer"))
    assert (officer.status_code, officer.json()["code"]) == (403, "scope-missing")
    keyless = {"Authorization": headers("operator")["Authorization"]}
    missing = await gateway.client.post(CLOCK, json={"advance_days": 1}, headers=keyless)
    assert (missing.status_code, missing.json()["code"]) == (400, "idempotency-key-required")
    moment = datetime.now(UTC) + timedelta(days=5)
    moved = await gateway.client.post(CLOCK, json={"advance_to": moment.isoformat()}, headers=headers("operator"))
    assert datetime.fromisoformat(moved.json()["now"]) >= moment


async def test_settled_only_when_two_samples_are_drained_and_equal(
    gateway: RunningService, beside: dict[str, Neighbour]
) -> None:
    operator = gateway.tokens.officer("operator", COUNTY)
    audit = beside["audit"]
    audit.samples = [DRAINED | {"lag": 4}, DRAINED]
    assert not (await gateway.client.get(CLOCK, headers=operator)).json()["settled"]
    audit.samples = [DRAINED, DRAINED | {"activity": 8}]
    assert not (await gateway.client.get(CLOCK, headers=operator)).json()["settled"]
    audit.samples = [DRAINED | {"jobs": 1, "activity": n} for n in range(5)] + [DRAINED | {"activity": 9}]
    waited = (await gateway.client.get(f"{CLOCK}?wait=30", headers=operator)).json()
    assert waited["settled"]
    assert waited["pending"]["audit"] == {"outbox": 0, "lag": 0, "parked": 0, "timers": 0, "jobs": 0}
    assert (await gateway.client.get("/sandbox/clock", headers=operator)).json()["settled"]


async def test_outside_a_sandbox_there_is_no_such_thing(running_service: ServiceStarter) -> None:
    async with running_service(DEFINITION, sandbox=False) as gateway:
        for path in (CLOCK, "/sandbox/clock"):
            answer = await gateway.client.get(path, headers=gateway.tokens.officer("operator", COUNTY))
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
