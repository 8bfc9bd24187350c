"""Two officers decide about one household at the same moment."""

import asyncio

from tests.integration.identification.cases import many_cases
from tests.integration.identification.office import COUNTY, Office


async def test_two_imports_at_once_register_a_household_once(office: Office) -> None:
    household = await office.household()
    body = {"registrations": [{"household_id": household, "status": "poor", "since": "2019-05-01"}]}
    answers = await asyncio.gather(
        *(office.post("/registration-imports", body, "county_officer", COUNTY) for _ in range(5))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert sum(answer.json()["imported"] for answer in answers) == 1
    [registered] = await office.rows("SELECT count(*) FROM registrations")
    assert registered["count"] == 1


async def test_a_lost_race_is_a_conflict_and_changes_nothing(office: Office) -> None:
    """The announcement's registration is there already, made by somebody who did not lock the case."""
    [case] = await many_cases(office, 1, "announcement", "publication")
    body = {"division": COUNTY, "title": "公告", "media": ["县人民政府网站"], "cases": [case]}
    async with office.database.transaction() as transaction:
        await transaction.execute(
            """INSERT INTO registrations (household_id, version, status, since, division, recorded_at)
               SELECT household_id, 1, 'poor', '2026-01-01', division, now() FROM cases WHERE id = $1""",
            case,
        )
        announcing = asyncio.create_task(office.post("/announcements", body, "county_officer", COUNTY))
        await _waiting_for_a_lock(office)
    answer = await announcing
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert (await office.get(f"/cases/{case}")).json()["state"] == "open"


async def _waiting_for_a_lock(office: Office) -> None:
    statement = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with asyncio.timeout(20):
        while not (await office.rows(statement))[0]["count"]:
            pass
