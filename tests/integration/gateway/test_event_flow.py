"""How events flow, on one page: true to what is there, and not blank where something is down."""

from typing import Any
from uuid import uuid4

import pytest

from services.topology import BY_NAME
from shared.bus.port import BusUnavailable
from shared.embedded import EmbeddedPostgres
from shared.events.households import HouseholdRegistered
from tests.fixtures.happenings import happened, message_of
from tests.fixtures.services import RunningService, RunningSystem, running_system

COUNTY = "500229000000"
PATH = "/v1/event-flow"


async def _flow(system: RunningSystem) -> Any:
    answer = await system.client.get(PATH, headers=system.tokens.officer("operator", COUNTY))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _settled(system: RunningSystem) -> None:
    headers = system.tokens.officer("operator", COUNTY)
    assert (await system.client.get("/v1/sandbox/clock?wait=30", headers=headers)).json()["settled"]


@pytest.mark.slow
async def test_it_tells_of_every_service_what_is_there(
    database_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with running_system(database_server, tmp_path_factory.mktemp("flow"), handler_attempts=1) as system:
        bus = system.system.services["audit"].context.bus
        good = [
            message_of(happened(HouseholdRegistered(household_id=uuid4(), in_scope=True, members=1))) for _ in range(30)
        ]
        bad = message_of(happened(HouseholdRegistered(household_id=uuid4(), in_scope=True, members=1)))
        await bus.publish([*good, bad._replace(value=b'{"household_id": 7}')])
        await _settled(system)
        flow = await _flow(system)
        assert flow["unanswered"] == []
        assert {each["service"]: each["topic"] for each in flow["producers"]} == {
            name: service.topic for name, service in BY_NAME.items()
        }
        assert all(each["outbox"] == 0 and each["oldest_seconds"] == 0 for each in flow["producers"])
        topics = {each["topic"]: each for each in flow["topics"]}
        assert {topic: each["partitions"] for topic, each in topics.items()} == {
            service.topic: service.partitions for service in BY_NAME.values()
        }
        assert topics["jingzhun.households.v1"]["rate"] == pytest.approx(31 / 60)
        consumers = {each["consumer"]: each for each in flow["consumers"]}
        assert consumers.keys() == {name for name, service in BY_NAME.items() if service.consumes}
        assert all(each["members"] == 1 and each["lag"] == 0 for each in consumers.values())
        assert consumers["audit"]["rate"] >= 31 / 60
        assert (consumers["identification"]["parked_keys"], consumers["identification"]["dead_letters"]) == (1, 1)
        assert {each["topic"] for each in consumers["identification"]["topics"]} == {
            BY_NAME[name].topic for name in BY_NAME["identification"].consumes
        }


async def test_what_is_down_is_named_and_the_rest_is_shown(gateway: RunningService) -> None:
    """The services beside this gateway know nothing of such a question."""
    answer = await gateway.client.get(PATH, headers=gateway.tokens.officer("auditor", COUNTY))
    flow = answer.json()
    assert flow["unanswered"] == sorted(BY_NAME.keys() - {"gateway"})
    assert [each["service"] for each in flow["producers"]] == ["gateway"]
    assert flow["consumers"] == []


async def test_what_the_bus_alone_knows_is_null_while_it_is_away(
    gateway: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise BusUnavailable("away")

    monkeypatch.setattr(gateway.context.bus, "survey", away)
    flow = (await gateway.client.get(PATH, headers=gateway.tokens.officer("operator", COUNTY))).json()
    [own] = flow["producers"]
    assert (own["service"], own["outbox"], own["rate"], flow["topics"]) == ("gateway", 0, None, [])


@pytest.mark.parametrize("role", ["county_officer", "village_cadre", "supervisor"])
async def test_it_is_for_operators_and_auditors(gateway: RunningService, role: str) -> None:
    answer = await gateway.client.get(PATH, headers=gateway.tokens.officer(role, COUNTY))
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


async def test_it_takes_no_parameter(gateway: RunningService) -> None:
    answer = await gateway.client.get(f"{PATH}?group=audit", headers=gateway.tokens.officer("operator", COUNTY))
    assert (answer.status_code, answer.json()["code"]) == (422, "parameter-unknown")
