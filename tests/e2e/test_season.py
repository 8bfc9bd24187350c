"""One season from application to announcement, through the gateway alone, in every mode that the system runs in."""

from collections import Counter
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from rich.console import Console

from services.season.county import County, generate
from services.season.display import Display
from services.season.driver import run
from services.season.gateway import Tokens as SeasonTokens
from services.season.report import STEPS, SeasonReport
from shared.embedded import EmbeddedPostgres
from tests.e2e.command_line import Place, free_port, killed_with_its_database, serving
from tests.fixtures.services import Tokens, running_system

HOUSEHOLDS, SEED = 160, 20260101
COUNTY = "500229000000"
MODES = ["one process, log in PostgreSQL"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


class Season:
    """A played season, and the system it was played on."""

    def __init__(self, client: httpx.AsyncClient, tokens: Tokens, report: SeasonReport, again: SeasonReport) -> None:
        self.client = client
        self.tokens = tokens
        self.report = report
        self.again = again
        self.county: County = generate(HOUSEHOLDS, SEED)

    async def get(self, path: str, **parameters: Any) -> Any:
        headers = self.tokens.officer("county_officer", COUNTY)
        answer = await self.client.get(path, params=parameters, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def all(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        items, cursor = [], None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = await self.get(path, limit=1000, **parameters, **more)
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                return items

    async def events(self) -> list[dict[str, Any]]:
        items, after = [], None
        while True:
            page = await self.get("/v1/events", limit=1000, **({"after": after} if after else {}))
            items += page["items"]
            after = page["next"]
            if not page["items"]:
                return items


def silent() -> Display:
    return Display(Console(file=StringIO()))


def tokens_of(tokens: Tokens) -> SeasonTokens:
    return lambda role, division, officer=1: tokens.of(role, division, officer)


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=MODES)
async def season(database_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Season]:
    """Played twice: the second time nothing is left to do."""
    async with running_system(database_server, tmp_path_factory.mktemp("system")) as system:
        tokens = tokens_of(system.tokens)
        report = await run(system.url, tokens, households=HOUSEHOLDS, seed=SEED, display=silent())
        again = await run(system.url, tokens, households=HOUSEHOLDS, seed=SEED, display=silent())
        yield Season(system.client, system.tokens, report, again)


async def test_every_case_comes_to_its_end(season: Season) -> None:
    assert season.report.open_cases == 0
    assert all(season.report.steps[step].entered for step in STEPS if step != "preparation")
    cases = await season.all("/v1/cases")
    assert len(cases) == season.report.events["application_submitted"]
    assert {case["state"] for case in cases} == {"identified", "rejected"}
    assert any(case["kind"] == "return" and case["state"] == "identified" for case in cases)


async def test_suspects_and_objections_of_every_outcome(season: Season) -> None:
    assert set(season.report.suspects) == {"refuted", "cleared", "confirmed"}
    assert set(season.report.objections) == {"upheld", "dismissed"}
    suspects = await season.all("/v1/suspects")
    confirmed = {suspect["case_id"] for suspect in suspects if suspect["state"] == "confirmed"}
    for case_id in confirmed:
        assert (await season.get(f"/v1/cases/{case_id}"))["state"] == "rejected"


async def test_nobody_is_announced_but_through_all_eight_steps(season: Season) -> None:
    announced = await season.all("/v1/cases", state="identified")
    assert len(announced) == season.report.events["household_identified"]
    for case in announced:
        found = await season.get(f"/v1/cases/{case['id']}")
        assert {entry["step"] for entry in found["history"]} >= set(STEPS) - {"preparation", "application"}
        assert [entry["sequence"] for entry in found["history"]] == list(range(1, found["version"] + 1))
        assert (found["open_objections"], found["open_suspects"], found["open_issues"]) == (0, 0, 0)
        assert found["verdict"] == "eligible"


async def test_households_show_what_identification_decided(season: Season) -> None:
    poor = await season.all("/v1/households", status="poor", division=COUNTY)
    registered = await season.all("/v1/registrations", status="poor")
    imported = sum(household.status == "poor" for household in season.county.households)
    assert len(poor) == imported + season.report.events["household_identified"]
    assert {one["id"] for one in poor} == {one["household_id"] for one in registered}


async def test_the_archive_holds_every_cases_events_in_order(season: Season) -> None:
    seen: dict[str, int] = {}
    events = await season.events()
    assert len({event["id"] for event in events}) == len(events)
    for event in events:
        if "case_id" in event["data"] and event["type"].startswith("jingzhun.identification."):
            assert event["sequence"] == seen.get(event["subject"], 0) + 1
            seen[event["subject"]] = event["sequence"]
    versions = {case["id"]: case["version"] for case in await season.all("/v1/cases")}
    assert seen == versions


async def test_no_event_names_anybody_or_says_what_they_own(season: Season) -> None:
    told = str(await season.events())
    for household in season.county.households:
        assert household.booklet_number not in told
        for member in household.members:
            assert member.name not in told
            assert member.id_number not in told
    for word in ("luxury_car", "vehicles", "bar.", "entry.", "wage_income"):
        assert word not in told


async def test_played_again_it_doubles_nothing(season: Season) -> None:
    again = Counter({name: count for name, count in season.again.events.items() if name != "personal_data_accessed"})
    first = Counter({name: count for name, count in season.report.events.items() if name != "personal_data_accessed"})
    assert again == first
    assert season.again.poor == season.report.poor
    assert season.again.households == season.report.households == HOUSEHOLDS


class Broken(Display):
    """Kills the system when the survey begins."""

    def __init__(self, kill: Any) -> None:
        super().__init__(Console(file=StringIO()))
        self._kill = kill

    def advance(self, step: str, by: int = 1) -> None:
        if step == "survey":
            self._kill()


async def test_a_season_killed_in_the_middle_is_played_on(tmp_path: Path) -> None:
    place = Place(free_port(), tmp_path / "data")
    tokens = tokens_of(place.tokens())
    async with serving(place, "up", "--sandbox") as process:
        breaking = Broken(lambda: killed_with_its_database(place, process))
        with pytest.raises(BaseExceptionGroup):
            await run(place.url, tokens, households=80, seed=SEED, display=breaking)
        await process.wait()
    async with serving(place, "up", "--sandbox"):
        report = await run(place.url, tokens, households=80, seed=SEED, display=silent())
        again = await run(place.url, tokens, households=80, seed=SEED, display=silent())
    assert (report.open_cases, report.households) == (0, 80)
    assert report.events["application_submitted"] == report.events["application_accepted"]
    assert report.events["household_registered"] == 80
    assert (again.poor, again.events["household_identified"]) == (report.poor, report.events["household_identified"])
