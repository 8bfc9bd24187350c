"""Step 1: households apply; who is out of scope, registered or applying already is refused."""

from functools import partial

from jingzhun_client.models import ApplicationBody
from jingzhun_client.operations import list_cases, submit_application
from services.season.county import Household
from services.season.county.situations import SITUATIONS
from services.season.offices import COUNTY_OFFICER, household_agent
from services.season.season import Season


async def apply(season: Season) -> None:
    """Every household that wants to and has no case yet. Some try where they must not."""
    cases = await season.api.items(COUNTY_OFFICER, list_cases())
    applied = {case.household_id for case in cases}
    applicants = [one for one in season.county.households if one.applies and season.ids[one.ref] not in applied]
    admitted = [one for one in applicants if not SITUATIONS[one.situation].refused]
    turned_away = [one for one in applicants if SITUATIONS[one.situation].refused]
    await season.each(admitted, partial(_apply, season))
    eager = [one for one in admitted if season.happens("applies twice", one, one_in=40)] or admitted[:1]
    await season.each([*turned_away, *eager] if admitted else [], partial(_apply_in_vain, season))


async def _apply(season: Season, household: Household) -> None:
    agent = household_agent(household.division)
    await season.api.act(agent, submit_application(await _form(season, household, "签字、按手印")))


async def _apply_in_vain(season: Season, household: Household) -> None:
    agent = household_agent(household.division)
    form = await _form(season, household, "再次提交")
    await season.refused(season.api.act(agent, submit_application(form)))


async def _form(season: Season, household: Household, how: str) -> ApplicationBody:
    text = f"贫困户申请书（{how}） {household.ref} {season.county.seed}"
    form = await season.evidence(household_agent(household.division), text)
    return ApplicationBody(household_id=season.ids[household.ref], applied_on=season.today, evidence=[form])
