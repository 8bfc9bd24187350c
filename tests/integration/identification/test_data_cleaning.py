"""Data cleaning through the routes: issues found, mended, found again; and the case that goes on."""

import time
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.integration.identification.cases import ELIGIBLE, many_cases
from tests.integration.identification.comparing import id_number
from tests.integration.identification.office import COUNTY, OTHER_TOWNSHIP, TOWNSHIP, Office

SOUND = {
    "sex": "male",
    "relation": "other",
    "registration": "rural",
    "ethnicity": "han",
    "education": "primary",
    "schooling": "not_at_school",
    "health": "healthy",
    "labour": "ordinary",
    "migrant_work": "none",
    "minimum_living_allowance": False,
    "medical_insurance": "resident",
    "pension_insurance": "resident",
    "lives_elsewhere_too": False,
}


async def at_cleaning(office: Office, count: int = 1) -> dict[str, list[dict[str, Any]]]:
    """Cases at cleaning, each with its household's three members, all sound."""
    ids = await many_cases(office, count, "data_cleaning", "cleaning")
    async with office.database.transaction() as transaction:
        await transaction.execute("UPDATE assessments SET main_cause = 'illness'")
    rows = await office.rows(
        "SELECT id, household_id FROM cases WHERE id = ANY($1::uuid[])", [UUID(one) for one in ids]
    )
    cases = {}
    for place, row in enumerate(rows):
        household = str(row["household_id"])
        members = [
            SOUND | {"household_id": household, "member_id": str(uuid4()), "id_number": id_number(place * 6 + 2 * one)}
            for one in range(3)
        ]
        members[0]["relation"] = "head"
        office.neighbours.members[household] = members
        cases[str(row["id"])] = members
    return cases


async def clean(office: Office, cases: list[str], **changes: Any) -> httpx.Response:
    body = {"division": TOWNSHIP, "cases": cases} | changes
    return await office.post("/data-cleanings", body, "township_clerk", TOWNSHIP)


async def issues(office: Office, case: str) -> dict[tuple[str, str | None], str]:
    items = (await office.get(f"/cases/{case}/data-issues")).json()["items"]
    return {(one["rule"], one["member_id"]): one["state"] for one in items}


async def test_a_clean_case_goes_on(office: Office) -> None:
    cases = await at_cleaning(office, 2)
    flawed, sound = cases
    cases[flawed][1]["health"] = None
    answer = await clean(office, list(cases))
    assert answer.status_code == 201, answer.text
    assert answer.json()["details"] == {"clean": 1, "open_issues": 1}
    steps = {case: (await office.get(f"/cases/{case}")).json() for case in cases}
    assert (steps[sound]["step"], steps[sound]["verdict"]) == ("announcement", "eligible")
    assert (steps[flawed]["step"], steps[flawed]["open_issues"]) == ("data_cleaning", 1)
    assert sorted((await office.events())[2:-1]) == ["case_cleaned", "data_issue_found"]
    assert (await office.events())[-1] == "data_cleaning_completed"
    entries = (await office.get(f"{answer.headers['location'].removeprefix('/v1')}/cases")).json()["items"]
    assert {one["case_id"]: one["outcome"] for one in entries} == {flawed: "issues", sound: "clean"}


async def test_issues_are_mended_and_found_again(office: Office) -> None:
    [(case, members)] = (await at_cleaning(office)).items()
    member = members[1]["member_id"]
    members[1] |= {"health": None, "ethnicity": None}
    await clean(office, [case])
    assert set((await issues(office, case)).values()) == {"open"}
    members[1]["health"] = "healthy"
    await clean(office, [case])
    assert await issues(office, case) == {
        ("complete.ethnicity", member): "open",
        ("complete.health", member): "mended",
    }
    members[1] |= {"health": None, "ethnicity": "han"}
    await clean(office, [case])
    assert await issues(office, case) == {
        ("complete.health", member): "open",
        ("complete.ethnicity", member): "mended",
    }
    assert (await office.get(f"/cases/{case}")).json()["open_issues"] == 1
    members[1]["health"] = "healthy"
    await clean(office, [case])
    assert (await office.get(f"/cases/{case}")).json()["step"] == "announcement"
    assert set((await issues(office, case)).values()) == {"mended"}
    told = await office.rows("SELECT sequence FROM case_history WHERE case_id = $1 ORDER BY sequence", UUID(case))
    assert [row["sequence"] for row in told] == list(range(3, 10))


async def test_contradictions_of_the_policy_are_issues(office: Office) -> None:
    [case] = await at_cleaning(office)
    async with office.database.transaction() as transaction:
        facts = ELIGIBLE | {"dwellings": 0, "dropout_for_lack_of_funds": True, "members": 4}
        await transaction.execute("UPDATE assessments SET facts = $1", facts)
    await clean(office, [case])
    assert set(await issues(office, case)) == {
        ("consistency.dwelling", None),
        ("consistency.schooling", None),
        ("facts.members", None),
    }
    items = (await office.get(f"/cases/{case}/data-issues")).json()["items"]
    assert all(one["text"]["zh"] != one["rule"] != one["text"]["en"] for one in items)


async def test_a_household_without_members_is_not_clean(office: Office) -> None:
    [(case, members)] = (await at_cleaning(office)).items()
    members.clear()
    await clean(office, [case])
    assert set(await issues(office, case)) == {("kinship.head", None), ("facts.members", None)}


async def test_issues_are_shown_in_the_area_only(office: Office) -> None:
    [case] = await at_cleaning(office)
    answer = await office.get(f"/cases/{case}/data-issues", "township_officer", OTHER_TOWNSHIP)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"division": COUNTY}, 403, "outside-area"),
        ({"division": "500229001002"}, 422, "case-outside-list-area"),
        ({"cases": [str(UUID(int=7))]}, 404, "cases-unknown"),
        ({"cases": []}, 422, "request-invalid"),
    ],
)
async def test_refused_lists(office: Office, changes: dict[str, Any], status: int, code: str) -> None:
    cases = await at_cleaning(office)
    answer = await clean(office, changes.pop("cases", list(cases)), **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await office.rows("SELECT id FROM lists") == []


async def test_a_case_of_another_step_refuses_the_list(office: Office) -> None:
    cases = list(await at_cleaning(office, 2))
    await clean(office, cases[:1])
    answer = await clean(office, cases)
    assert (answer.status_code, answer.json()["code"]) == (409, "case-at-another-step")
    assert answer.json()["cases"] == cases[:1]


async def test_five_thousand_cases(office: Office) -> None:
    cases = await at_cleaning(office, 5_000)
    for members in list(cases.values())[:500]:
        members[2]["labour"] = None
    began = time.perf_counter()
    answer = await clean(office, list(cases))
    print(f"\n5,000 cases cleaned in {time.perf_counter() - began:.1f} s")
    assert answer.json()["details"] == {"clean": 4_500, "open_issues": 500}, answer.text
