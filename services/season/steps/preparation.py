"""Before the season: divisions, the county's households as the booklets have them, who was registered before."""

from typing import Any

import orjson

from services.season.county import Household
from services.season.county.situations import SITUATIONS
from services.season.gateway import COUNTY, PROVINCE, Refused, township
from services.season.season import Season
from services.season.steps.meetings import votes_fail

STEP = "preparation"


async def prepare(season: Season) -> None:
    season.watcher.step(STEP, 3)
    await _divisions(season)
    season.watcher.advance(STEP)
    await _households(season)
    season.watcher.advance(STEP)
    await _registrations(season)
    await _relative(season)
    season.watcher.advance(STEP)
    await season.gateway.settled()
    season.report.households = len(season.by_id)


async def _divisions(season: Season) -> None:
    divisions = [{"code": division.code, "name": division.name} for division in season.county.divisions]
    await season.gateway.post(PROVINCE, "/v1/divisions", {"divisions": divisions})


async def _households(season: Season) -> None:
    lines = b"\n".join(orjson.dumps(household.import_line()) for household in season.county.households)
    answer = await season.gateway.post_bytes(
        COUNTY, "/v1/household-imports", lines, "application/x-ndjson", allow_duplicates="true"
    )
    place = answer.headers["location"]
    job = await season.gateway.job(COUNTY, place)
    if job["state"] != "succeeded" or job["refused"]:
        raise RuntimeError(f"the import of households did not succeed: {job}")
    households = {household.ref: household for household in season.county.households}
    async for line in season.gateway.pages(COUNTY, f"{place}/households"):
        season.ids[line["ref"]] = line["household_id"]
        season.by_id[line["household_id"]] = households[line["ref"]]


async def _registrations(season: Season) -> None:
    registered: list[dict[str, Any]] = [
        {"household_id": season.ids[one.ref], "status": one.status, "since": one.since.isoformat()}
        for one in season.county.households
        if one.status != "none" and one.since is not None
    ]
    try:
        await season.gateway.post(COUNTY, "/v1/registration-imports", {"registrations": registered})
    except Refused as refused:
        season.report.refusals[refused.code] += 1


async def _relative(season: Season) -> None:
    """One applicant's cousin is the township's first officer, and says so."""
    applicant = next(one for one in season.county.households if _goes_through(season, one))
    officer = await season.gateway.get(township(applicant.division), "/v1/me")
    body = {"officer_id": officer["officer_id"], "relation": "collateral"}
    path = f"/v1/households/{season.ids[applicant.ref]}/relatives"
    try:
        await season.gateway.post(COUNTY, path, body)
    except Refused as refused:
        season.report.refusals[refused.code] += 1


def _goes_through(season: Season, household: Household) -> bool:
    """Eligible, and nobody has anything to say against it before the township's review."""
    county = season.county
    troubled = {truth.household_ref for truth in county.truths}
    troubled |= {flaw.household_ref for flaw in county.flaws}
    troubled |= {objection.household_ref for objection in county.objections}
    eligible = SITUATIONS[household.situation].verdict == "eligible" and household.applies
    return eligible and household.ref not in troubled and not votes_fail(household)
