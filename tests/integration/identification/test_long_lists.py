"""Lists of 5,000 cases: one call, one transaction, set-based."""

import asyncio
import time

import pytest

from tests.integration.identification.cases import appraise, approve, many_cases, publicise
from tests.integration.identification.office import COUNTY, Office

COUNT = 5_000
pytestmark = pytest.mark.slow


async def counted(office: Office, column: str) -> dict[str, int]:
    rows = await office.rows(f"SELECT {column} AS value, count(*) FROM cases GROUP BY 1")
    return {row["value"]: row["count"] for row in rows}


async def test_five_thousand_cases_from_appraisal_to_survey(office: Office) -> None:
    cases = await many_cases(office, COUNT, "group_appraisal", "appraisal")
    began = time.perf_counter()
    held = await appraise(office, "group_appraisal", cases)
    assert held.status_code == 201, held.text
    print(f"\nappraisal of {COUNT}: {time.perf_counter() - began:.2f} s")
    assert await counted(office, "stage") == {"posting": COUNT}
    began = time.perf_counter()
    await publicise(office, "group_appraisal", cases)
    print(f"publicity of {COUNT}: {time.perf_counter() - began:.2f} s")
    began = time.perf_counter()
    await office.move_clock(8)
    print(f"end of its publicity: {time.perf_counter() - began:.2f} s")
    assert await counted(office, "step") == {"survey": COUNT}
    events = await office.events()
    assert events.count("case_passed_group_publicity") == COUNT
    assert events.count("group_publicity_ended") == 1


async def test_five_thousand_cases_reviewed(office: Office) -> None:
    cases = await many_cases(office, COUNT, "township_review", "review")
    began = time.perf_counter()
    answer = await approve(office, cases)
    assert answer.status_code == 201, answer.text
    print(f"\nreview of {COUNT}: {time.perf_counter() - began:.2f} s")
    assert await counted(office, "step") == {"county_comparison": COUNT}


async def test_five_thousand_cases_announced(office: Office) -> None:
    cases = await many_cases(office, COUNT, "announcement", "publication")
    body = {"division": COUNTY, "title": "公告", "media": ["县人民政府网站"], "cases": cases}
    began = time.perf_counter()
    answer = await office.post("/announcements", body, "county_officer", COUNTY)
    assert answer.status_code == 201, answer.text
    print(f"\nannouncement of {COUNT}: {time.perf_counter() - began:.2f} s")
    assert await counted(office, "state") == {"identified": COUNT}
    [registered] = await office.rows("SELECT count(*) FROM registrations WHERE status = 'poor' AND version = 1")
    assert registered["count"] == COUNT


async def test_one_no_longer_eligible_refuses_the_announcement_by_name(office: Office) -> None:
    cases = await many_cases(office, 20, "announcement", "publication")
    async with office.database.transaction() as transaction:
        await transaction.execute(
            """UPDATE assessments SET facts = facts || '{"luxury_car": true}'::text::jsonb
               WHERE household_id = (SELECT household_id FROM cases WHERE id = $1)""",
            cases[7],
        )
    body = {"division": COUNTY, "title": "公告", "media": ["县人民政府网站"], "cases": cases}
    answer = await office.post("/announcements", body, "county_officer", COUNTY)
    assert (answer.status_code, answer.json()["code"], answer.json()["cases"]) == (409, "not-eligible", [cases[7]])
    assert await counted(office, "state") == {"open": 20}


async def test_overlapping_lists_at_once_do_not_deadlock(office: Office) -> None:
    cases = await many_cases(office, 400, "township_review", "review")
    answers = await asyncio.gather(*(approve(office, part) for part in (cases[:300], cases[100:][::-1], cases[200:])))
    assert sorted(answer.status_code for answer in answers)[0] == 201
    assert {answer.status_code for answer in answers} <= {201, 409}
