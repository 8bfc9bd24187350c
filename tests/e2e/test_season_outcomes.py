"""A whole season through the gateway, in every mode: what the API says of it afterwards."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from shared.events import Event
from shared.events.delivery import DeadLetterEvent
from shared.events.gateway import ApiClientEvent, OfficerEvent, RefusalsCounted
from shared.events.households import HouseholdMoved
from shared.events.identification import CaseWithdrawn
from shared.events.notifications import TaskCancelled
from tests.contract.asyncapi.kept import faults
from tests.e2e.contract import gaps, told
from tests.e2e.modes import MODES, NOTHING_SPECIAL, WAYS, on_kafka
from tests.e2e.played_season import PlayedSeason, names_of, play, text_of, the_county

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
BY_CHANCE = {CaseWithdrawn.type(), RefusalsCounted.type()}
"""What need not happen in a small county, or within the minutes of its season."""
_DEATH = "nothing fails for good in a season; the dead letters' own scenario tells it"
_OFFICES = "a sandbox's officers and clients are there without being appointed or registered"
NEVER_IN_A_SEASON = {
    HouseholdMoved.type(): "nobody moves while the season lasts",
    TaskCancelled.type(): "every task of the season is done",
    **{
        type_: _OFFICES
        for type_, model in Event.contracts().items()
        if issubclass(model, OfficerEvent | ApiClientEvent)
    },
    **{type_: _DEATH for type_, model in Event.contracts().items() if issubclass(model, DeadLetterEvent)},
}
"""Types that no season sends over the bus, each with its reason."""


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=MODES)
async def season(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[PlayedSeason]:
    data = tmp_path_factory.mktemp("season")
    way, bus = request.param
    settings = on_kafka(request.getfixturevalue("kafka_bootstrap")) if bus == "kafka" else NOTHING_SPECIAL
    async with WAYS[way](data, settings) as system:
        report = await play(system.url, system.tokens)
        yield PlayedSeason(system.client, system.tokens, system.url, the_county(), report, system.tap)


async def test_every_case_has_ended(season: PlayedSeason) -> None:
    ends = await season.ends()
    assert {state for _, state in ends} <= {"identified", "rejected", "withdrawn"}
    assert {(kind, "identified") for kind in ("entry", "return")} <= ends.keys()
    assert sum(ends.values()) == season.report.steps["application"].entered
    for count in season.report.steps.values():
        assert count.entered == count.passed + count.returned + sum(count.why.values())


async def test_nobody_is_announced_with_anything_open(season: PlayedSeason) -> None:
    for case in await season.items("/v1/cases", state="identified"):
        assert (case["step"], case["verdict"]) == ("announcement", "eligible")
        assert (case["open_objections"], case["open_suspects"], case["open_issues"]) == (0, 0, 0)
        suspects = await season.items("/v1/suspects", case_id=case["id"])
        assert {suspect["state"] for suspect in suspects} <= {"refuted", "cleared"}
        issues = await season.get(f"/v1/cases/{case['id']}/data-issues")
        assert {issue["state"] for issue in issues["items"]} <= {"mended"}


async def test_the_poor_are_those_announced_and_those_before(season: PlayedSeason) -> None:
    identified = {case["household_id"] for case in await season.items("/v1/cases", state="identified")}
    registered = {one["household_id"]: one for one in await season.items("/v1/registrations", status="poor")}
    before = {household for household, one in registered.items() if one["case_id"] is None}
    assert len(before) == sum(household.status == "poor" for household in season.county.households)
    assert await season.poor() == registered.keys() == identified | before
    assert len(registered) == season.report.poor


async def test_objections_suspects_and_refusals_came_to_every_outcome(season: PlayedSeason) -> None:
    report = season.report
    assert set(report.objections) == {"upheld", "dismissed"}
    assert set(report.suspects) == {"refuted", "cleared", "confirmed"}
    assert report.steps["county_comparison"].why["suspect_confirmed"]
    assert report.steps["survey"].why["ineligible"]
    assert sum(count.returned for count in report.steps.values())
    assert set(report.refusals) >= {
        "household-out-of-scope",
        "household-already-registered",
        "case-already-open",
        "publicity-not-over",
        "publicity-over",
        "facts-contradictory",
        "officer-related",
    }


async def test_the_archive_holds_every_kind_of_event_once_and_in_order(season: PlayedSeason) -> None:
    events = await season.archive()
    expected = {type_ for type_, model in Event.contracts().items() if model.service() == "identification"}
    assert expected - BY_CHANCE <= {event["type"] for event in events}
    assert len({event["id"] for event in events}) == len(events)
    sequences: dict[str, list[int]] = {}
    for event in events:
        if "case_id" in event["data"]:
            sequences.setdefault(event["subject"], []).append(event["sequence"])
    cases = {case["id"] for case in await season.items("/v1/cases")}
    for case in cases:
        assert sequences[case] == list(range(1, len(sequences[case]) + 1))


async def test_what_went_over_the_bus_keeps_the_contract(
    season: PlayedSeason, capsys: pytest.CaptureFixture[str]
) -> None:
    tapped = await season.tap()
    broken = {(fault, message.headers.get("ce_type")) for message in tapped for fault in faults(message)}
    assert broken == set()
    assert gaps(tapped) == set()
    seen = {message.headers["ce_type"] for message in tapped}
    assert Event.contracts().keys() - seen - BY_CHANCE == NEVER_IN_A_SEASON.keys()
    with capsys.disabled():
        print(f"\n  {told(tapped)}")


async def test_no_event_names_anybody(season: PlayedSeason) -> None:
    text = text_of(await season.archive())
    for household in season.county.households:
        assert household.booklet_number not in text
        for member in household.members:
            assert member.name not in text
            assert member.id_number not in text


async def test_a_second_run_doubles_nothing(season: PlayedSeason) -> None:
    events, ends, poor = await season.archive(), await season.ends(), await season.poor()
    before, again = season.report, await season.play_again()
    assert await season.ends() == ends
    assert await season.poor() == poor
    assert names_of(await season.archive()) == names_of(events)
    assert again.refusals == Counter()
    assert (again.poor, again.objections, again.suspects) == (before.poor, before.objections, before.suspects)
