"""Step 1: households apply, signed and with a fingerprint. Some must be refused, each with its reason."""

from services.season.county import Household
from services.season.gateway import Refused, agent
from services.season.season import Season

STEP = "application"
_APPLIED_ON = "2026-01-05"


async def apply(season: Season) -> None:
    applicants = [household for household in season.county.households if household.applies]
    count = season.report.steps[STEP]
    count.entered = len(applicants)
    season.watcher.step(STEP, len(applicants))

    async def submit(household: Household) -> None:
        officer = agent(household.division)
        paper = await season.evidence(officer, f"application {season.ids[household.ref]} signed, fingerprint")
        body = {
            "household_id": season.ids[household.ref],
            "applied_on": _APPLIED_ON,
            "evidence": [paper],
        }
        try:
            await season.gateway.post(officer, "/v1/applications", body)
            count.left["on"] += 1
        except Refused as refused:
            season.report.refusals[refused.code] += 1
            count.left["refused"] += 1

    await season.for_each(STEP, applicants, submit)
    await _apply_twice(season, applicants)
    await season.gateway.settled()


async def _apply_twice(season: Season, applicants: list[Household]) -> None:
    """Somebody applies again while the first case is open."""
    household = next(one for one in applicants if one.status == "none" and one.situation != "urban")
    household_id, officer = season.ids[household.ref], agent(household.division)
    if not (await season.gateway.get(officer, "/v1/cases", state="open", household_id=household_id))["items"]:
        return
    paper = await season.evidence(officer, "a second application")
    body = {"household_id": household_id, "applied_on": _APPLIED_ON, "evidence": [paper]}
    try:
        await season.gateway.post(officer, "/v1/applications", body)
    except Refused as refused:
        season.report.refusals[refused.code] += 1
