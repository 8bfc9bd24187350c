"""Playing a season: eight steps through the gateway, by officers of the right roles, until no case is left open.

Every act follows from what the system says of the cases, and has a key of its own: a season that was broken off is
played on, and one that was played to its end changes nothing when it is played again.
"""

from collections.abc import Awaitable, Callable
from time import perf_counter

from services.season.county import generate
from services.season.display import Display
from services.season.gateway import COUNTY, Gateway, Tokens
from services.season.report import SeasonReport
from services.season.season import Season
from services.season.steps.announcement import announce
from services.season.steps.application import apply
from services.season.steps.county_comparison import compare
from services.season.steps.data_cleaning import clean
from services.season.steps.group_appraisal import appraise_in_groups
from services.season.steps.preparation import prepare
from services.season.steps.survey import survey
from services.season.steps.township_review import review
from services.season.steps.village_appraisal import appraise_in_villages

Step = Callable[[Season], Awaitable[None]]

EIGHT_STEPS: dict[str, Step] = {
    "application": apply,
    "group_appraisal": appraise_in_groups,
    "survey": survey,
    "village_appraisal": appraise_in_villages,
    "township_review": review,
    "county_comparison": compare,
    "data_cleaning": clean,
    "announcement": announce,
}
_PASSES = 4
"""Cases that are sent back go through again; nobody is sent back for ever."""


async def run(
    base_url: str,
    tokens: Tokens,
    *,
    households: int = 2_000,
    seed: int = 20260101,
    display: Display | None = None,
) -> SeasonReport:
    """One season of the demo county. Raises ``Refused`` where the system refuses what it should not."""
    report, shown = SeasonReport(), display or Display()
    async with Gateway(base_url, tokens, season=f"{seed} {households}") as gateway:
        with shown:
            season = Season(gateway, generate(households, seed), report, shown)
            await _timed(season, "preparation", prepare)
            await _play(season)
        await _sum_up(season)
    shown.tell(report)
    return report


async def _play(season: Season) -> None:
    for _ in range(_PASSES):
        for step, act in EIGHT_STEPS.items():
            if step != "application" or not season.report.steps[step].entered:
                await _timed(season, step, act)
        if not await _open(season):
            return


async def _timed(season: Season, step: str, act: Step) -> None:
    began = perf_counter()
    await act(season)
    season.report.steps[step].seconds += perf_counter() - began


async def _open(season: Season) -> int:
    return len([case async for case in season.gateway.pages(COUNTY, "/v1/cases", state="open")])


async def _sum_up(season: Season) -> None:
    """What the system itself says at the end."""
    gateway, report = season.gateway, season.report
    await gateway.settled()
    poor = gateway.pages(COUNTY, "/v1/households", status="poor", division=COUNTY.division)
    report.poor = len([household async for household in poor])
    report.open_cases = await _open(season)
    after: str | None = None
    while True:
        page = await gateway.get(COUNTY, "/v1/events", limit=1000, after=after)
        report.events.update(event["type"].split(".")[2] for event in page["items"])
        after = page["next"]
        if len(page["items"]) < 1000:
            return
