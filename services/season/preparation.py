"""Before the season: divisions, households, who is registered already, and which officer is whose relative."""

import orjson

from jingzhun_client.models import (
    DivisionBody,
    DivisionsBody,
    OpeningRegistration,
    RegistrationImportBody,
    RelativeBody,
)
from jingzhun_client.operations import (
    declare_relative,
    import_households_of_area,
    import_opening_registrations,
    list_imported_households,
    load_divisions_of_area,
    show_household_import,
)
from services.season.offices import COUNTY_OFFICER, PROVINCE_OFFICER, township, township_clerk, township_officer
from services.season.season import Season
from services.season.stopping import SeasonStopped


async def prepare(season: Season) -> None:
    await season.settle()
    await _enter_divisions(season)
    await _import_households(season)
    await _import_registrations(season)
    await _declare_relatives(season)
    await season.settle()


async def _enter_divisions(season: Season) -> None:
    divisions = [DivisionBody(code=one.code, name=one.name) for one in season.county.divisions]
    await season.api.act(PROVINCE_OFFICER, load_divisions_of_area(DivisionsBody(divisions=divisions)))


async def _import_households(season: Season) -> None:
    """The same file under the same key is the same import: a season taken up again finds its households there."""
    known = {household.ref: household for household in season.county.households}
    file = b"\n".join(orjson.dumps(household.import_line()) for household in known.values())
    begun = await season.api.act(COUNTY_OFFICER, import_households_of_area(file, allow_duplicates=True))
    job = await season.finished(COUNTY_OFFICER, show_household_import(begun.id))
    if job.refused:
        raise SeasonStopped(f"有 {job.refused} 户未能导入。", f"{job.refused} households were not imported.")
    lines = await season.api.items(COUNTY_OFFICER, list_imported_households(begun.id))
    season.ids = {line.ref: line.household_id for line in lines if line.ref}
    season.households = {line.household_id: known[line.ref] for line in lines if line.ref}


async def _import_registrations(season: Season) -> None:
    """The opening balance: poor and exited."""
    registrations = [
        OpeningRegistration(household_id=season.ids[household.ref], status=household.status, since=household.since)
        for household in season.county.households
        if household.status != "none" and household.since is not None
    ]
    body = RegistrationImportBody(registrations=registrations)
    await season.api.act(COUNTY_OFFICER, import_opening_registrations(body))


async def _declare_relatives(season: Season) -> None:
    """In every township one applicant is a relative of the officer who reviews."""
    applicants = [household for household in season.county.households if household.applies]
    first = {township(household.division): household for household in reversed(applicants)}
    for division, household in first.items():
        officer = await season.officer(township_officer(division))
        body = RelativeBody(officer_id=officer, relation="collateral")
        await season.api.act(township_clerk(division), declare_relative(season.ids[household.ref], body))
