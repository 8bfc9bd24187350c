"""A season over REST with full history, in lists and one case at a time, beside the same rows written bare."""

from time import perf_counter
from uuid import UUID

from shared.events.identification import CaseAppraisedByVillage
from tests.bench.caller import Caller
from tests.bench.cases import GROUP, identification
from tests.bench.place import Place
from tests.bench.row import Row
from tests.bench.season import bare
from tests.bench.season.county import COUNTY, Household, register, settle, settled
from tests.bench.season.steps import EVENTS, STEPS, Season, prepare
from tests.bench.system import in_one_process
from tests.fixtures.happenings import case_fields, happened

CASES, ALONE = 10_000, 640
CLIENTS = 32
WARMING = 64
"""Cases one by one before those that count; the lists are long enough to warm themselves."""
ENGINE = 45
"""Cases a second of a general workflow engine (Camunda 7.24 over REST, eight user tasks a case, full history, 32
clients) on a machine of two cores, PostgreSQL beside it, as here."""
_LOOKED_AT = 20
UNIT = "cases/s"


async def measure(place: Place) -> list[Row]:
    together, alone = place.scaled(CASES, at_least=100), place.scaled(ALONE, at_least=CLIENTS)
    async with in_one_process(place) as served, Caller.opened(served, CLIENTS) as caller:
        await settle(caller)
        told = await prepare(caller)
        in_lists = Season(caller, await register(caller, together, after=0), *told)
        one_by_one = Season(caller, await register(caller, alone, after=together), *told, alone=True)
        await settled(caller)
        seconds, settling = await _played(in_lists)
        if place.repeats > 1:
            await _played(Season(caller, await register(caller, WARMING, after=together + alone), *told, alone=True))
        seconds_alone, settling_alone = await _played(one_by_one)
    limit = together / await _bare(place, together)
    return [
        Row("season in lists", together / seconds, limit, UNIT, 0.3),
        Row("season in lists, beside a general workflow engine", together / seconds, ENGINE, UNIT, 20),
        Row("season one by one, beside a general workflow engine", alone / seconds_alone, ENGINE, UNIT, 3),
        Row("season in lists: until all has followed", settling, seconds, "s", 0, less_is_better=True),
        Row("season one by one: until all has followed", settling_alone, seconds_alone, "s", 0, less_is_better=True),
    ]


async def _played(season: Season) -> tuple[float, float]:
    """(seconds from the first application to the last announcement, seconds until the archive had it all)"""
    began = perf_counter()
    await season.play()
    announced = perf_counter()
    await settled(season.caller)
    ended = perf_counter()
    for household in season.households[:: max(1, len(season.households) // _LOOKED_AT)]:
        await _look_at(season, household)
    return announced - began, ended - announced


async def _look_at(season: Season, household: Household) -> None:
    """Identified, every step in the history, every event of it in the archive."""
    case_id = season.cases[household.id]
    case = await season.caller.get("county_officer", COUNTY, f"/cases/{case_id}")
    assert case["state"] == "identified", case
    assert [entry["sequence"] for entry in case["history"]] == list(range(1, EVENTS + 1)), case
    assert len({entry["step"] for entry in case["history"]}) == STEPS
    archived = await season.caller.get("auditor", COUNTY, f"/events?subject={case_id}")
    assert len(archived["items"]) == EVENTS, len(archived["items"])


async def _bare(place: Place, cases: int) -> float:
    """Seconds for the same rows."""
    fields = case_fields(UUID(int=1), "village_appraisal", list_id=UUID(int=7), passed=True)
    sample = happened(CaseAppraisedByVillage(**fields), division=GROUP).envelope
    async with identification(place, CLIENTS) as database:
        await bare.play(database, cases, sample.headers(), sample.data)
        began = perf_counter()
        await bare.play(database, cases, sample.headers(), sample.data)
        return perf_counter() - began
