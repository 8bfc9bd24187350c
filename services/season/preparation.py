"""Before the season: divisions, households, who is registered already, and which officer is whose relative."""

import orjson

from services.season.client import Json, SeasonStopped
from services.season.county import Household
from services.season.offices import COUNTY_OFFICER, PROVINCE_OFFICER, township, township_clerk, township_officer
from services.season.season import Season


async def prepare(season: Season) -> None:
    await season.settle()
    await _enter_divisions(season)
    await _import_households(season)
    await _import_registrations(season)
    await _declare_relatives(season)
    await season.settle()


async def _enter_divisions(season: Season) -> None:
    divisions = [{"code": one.code, "name": one.name} for one in season.county.divisions]
    await season.api.post(PROVINCE_OFFICER, "/v1/divisions", {"divisions": divisions})


async def _import_households(season: Season) -> None:
    """The same file under the same key is the same import: a season taken up again finds its households there."""
    known = {household.ref: household for household in season.county.households}
    file = b"\n".join(orjson.dumps(household.import_line()) for household in known.values())
    path, media_type = "/v1/household-imports", "application/x-ndjson"
    _, location = await season.api.upload(COUNTY_OFFICER, path, file, media_type, allow_duplicates="true")
    job = await season.finished(COUNTY_OFFICER, location)
    if job["refused"]:
        raise SeasonStopped(f"有 {job['refused']} 户未能导入。", f"{job['refused']} households were not imported.")
    lines = await season.api.items(COUNTY_OFFICER, f"{location}/households")
    season.ids = {line["ref"]: line["household_id"] for line in lines}
    season.households = {line["household_id"]: known[line["ref"]] for line in lines}


async def _import_registrations(season: Season) -> None:
    """The opening balance: poor and exited."""
    registered = [household for household in season.county.households if household.status != "none"]
    body = {"registrations": [_registration(season, household) for household in registered]}
    await season.api.post(COUNTY_OFFICER, "/v1/registration-imports", body)


def _registration(season: Season, household: Household) -> Json:
    since = household.since.isoformat() if household.since else None
    return {"household_id": season.ids[household.ref], "status": household.status, "since": since}


async def _declare_relatives(season: Season) -> None:
    """In every township one applicant is a relative of the officer who reviews."""
    applicants = [household for household in season.county.households if household.applies]
    first = {township(household.division): household for household in reversed(applicants)}
    for division, household in first.items():
        officer = await season.officer(township_officer(division))
        body = {"officer_id": officer, "relation": "collateral"}
        path = f"/v1/households/{season.ids[household.ref]}/relatives"
        await season.api.post(township_clerk(division), path, body)
