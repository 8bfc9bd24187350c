"""Playing a season of identification: eight steps, again for those sent back, until no case is open.

Every act follows from what the API says of the present state, never from memory: a season that was broken off goes
on where it was, and one that has ended changes nothing.
"""

from time import perf_counter
from uuid import UUID, uuid5

from jingzhun_client import Witness
from jingzhun_client.operations import list_cases, list_events, list_households
from services.season.client import PATIENCE, Api, Tokens
from services.season.county import County, generate
from services.season.display import Display
from services.season.offices import AUDITOR, COUNTY_OFFICER
from services.season.preparation import prepare
from services.season.report import STEPS as NAMES
from services.season.report import SeasonReport, read_events
from services.season.season import Season
from services.season.steps import STEPS
from services.season.stopping import SeasonStopped

_SEASONS = UUID("0d8f6f0a-2f5a-4f0e-9a55-6a0f6f0f1c3d")
_WIDTH = 34


async def run(
    base_url: str,
    tokens: Tokens,
    *,
    households: int = 2_000,
    seed: int = 20260101,
    display: Display | None = None,
) -> SeasonReport:
    """One season of a county of so many households. Raises ``SeasonStopped`` where it cannot go on."""
    return await play(base_url, tokens, generate(households, seed), display=display)


async def play(
    base_url: str,
    tokens: Tokens,
    county: County,
    *,
    display: Display | None = None,
    patience: float = PATIENCE,
    witness: Witness | None = None,
) -> SeasonReport:
    """One season of this county. ``patience``: seconds for which a system that is away is asked again."""
    shown, report = display or Display(), SeasonReport()
    name = uuid5(_SEASONS, f"{county.seed}/{len(county.households)}")
    async with Api.opened(base_url, tokens, name, patience=patience, witness=witness) as api:
        season = Season(api, county, shown)
        with shown.stage(_title("0", "准备", "Preparation")):
            await prepare(season)
        await _play(season, report)
        with shown.stage(_title(" ", "汇总", "Summing up")):
            await _sum_up(season, report)
    shown.tell(report)
    return report


async def _play(season: Season, report: SeasonReport) -> None:
    """Round after round; one that changes nothing would be the first of an endless row."""
    before: object = None
    while (now := await _standing(season)) or before is None:
        if now == before:
            raise SeasonStopped(f"{len(now)} 个事项停滞不前。", f"{len(now)} cases do not move.")
        for number, (step, act) in enumerate(STEPS.items(), 1):
            began = perf_counter()
            with season.display.stage(_title(str(number), *NAMES[step])):
                await act(season)
            report.seconds[step] += perf_counter() - began
        before = now


async def _standing(season: Season) -> dict[UUID, int]:
    """The open cases and how far each has come."""
    cases = await season.api.items(COUNTY_OFFICER, list_cases(state="open"))
    return {case.id: case.version for case in cases}


async def _sum_up(season: Season, report: SeasonReport) -> None:
    """What the system itself says at the end."""
    await season.settle()
    report.refusals = season.refusals
    report.poor = len(await season.api.items(COUNTY_OFFICER, list_households(status="poor")))
    report.cases.update(case.state for case in await season.api.items(COUNTY_OFFICER, list_cases()))
    read_events(report, await season.api.items(AUDITOR, list_events()))


def _title(number: str, zh: str, en: str) -> str:
    """Chinese characters are two columns wide."""
    return f"{number} {zh} · {en}".ljust(_WIDTH - len(zh))
