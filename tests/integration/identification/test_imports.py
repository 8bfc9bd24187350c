"""Applications and surveys of many households in one call: whole or not at all, and the same as one by one."""

from typing import Any

from tests.integration.identification.cases import ELIGIBLE, applied, appraise, at_survey, publicise, survey
from tests.integration.identification.office import COUNTY, OTHER_TOWNSHIP, VILLAGE, Office

SURVEYORS = [
    {"officer_id": "00000000-0000-0000-0000-000000000001", "capacity": "village_cadre"},
    {"officer_id": "00000000-0000-0000-0000-000000000002", "capacity": "resident_cadre"},
]


async def _apply(office: Office, households: list[str], evidence: str | None = None) -> Any:
    digest = evidence or await office.evidence()
    applications = [{"household_id": one, "applied_on": "2026-03-01", "evidence": [digest]} for one in households]
    return await office.post("/application-imports", {"applications": applications}, "household_agent")


async def _survey(office: Office, cases: list[str], **facts: dict[str, Any]) -> Any:
    digest = await office.evidence(b"visit")
    visit = {"visited_on": "2026-03-10", "surveyors": SURVEYORS, "evidence": [digest]}
    surveys = [visit | {"case_id": one, "facts": ELIGIBLE | facts.get(f"f{at}", {})} for at, one in enumerate(cases)]
    return await office.post("/survey-imports", {"surveys": surveys}, "village_cadre")


async def test_many_applications_open_the_cases_that_one_by_one_would(office: Office) -> None:
    alone = await applied(office)
    households = [await office.household() for _ in range(3)]
    answer = await _apply(office, households)
    assert answer.status_code == 201, answer.text
    cases = {one["household_id"]: one["case_id"] for one in answer.json()["cases"]}
    assert list(cases) == households
    first = (await office.get(f"/cases/{alone}")).json()
    for household, case in cases.items():
        found = (await office.get(f"/cases/{case}")).json()
        assert found["household_id"] == household
        for name in ("kind", "step", "stage", "state", "division", "version", "available_actions"):
            assert found[name] == first[name]
        assert [entry["event"] for entry in found["history"]] == [entry["event"] for entry in first["history"]]
    told = ["application_submitted", "application_accepted"]
    assert (await office.events())[-6:] == told * 3


async def test_a_household_that_had_exited_opens_a_return_among_others(office: Office) -> None:
    exited, new = await office.household(), await office.household()
    body = {"registrations": [{"household_id": exited, "status": "exited", "since": "2020-12-01"}]}
    await office.post("/registration-imports", body, "county_officer", COUNTY)
    cases = (await _apply(office, [exited, new])).json()["cases"]
    kinds = [(await office.get(f"/cases/{one['case_id']}")).json()["kind"] for one in cases]
    assert kinds == ["return", "entry"]


async def test_one_application_that_cannot_be_refuses_all_and_is_named(office: Office) -> None:
    sound = await office.household()
    urban = await office.household(in_scope=False)
    elsewhere = await office.household(division=f"{OTHER_TOWNSHIP[:9]}001001")
    busy = await office.household()
    await applied(office, busy)
    poor = await office.household()
    body = {"registrations": [{"household_id": poor, "status": "poor", "since": "2020-12-01"}]}
    await office.post("/registration-imports", body, "county_officer", COUNTY)
    refusals = {
        urban: (422, "household-out-of-scope"),
        elsewhere: (404, "household-unknown"),
        "00000000-0000-0000-0000-000000000009": (404, "household-unknown"),
        busy: (409, "case-already-open"),
        poor: (409, "household-already-registered"),
        sound: (422, "households-repeated"),
    }
    events = await office.events()
    for household, (status, code) in refusals.items():
        refused = await _apply(office, [sound, household])
        assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
        assert refused.json()["households"] == [household]
    unknown = await _apply(office, [sound], evidence="0" * 64)
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/applications/0/evidence/0")
    assert await office.events() == events
    assert (await _apply(office, [sound])).status_code == 201


async def test_many_visits_decide_what_one_by_one_would(office: Office) -> None:
    cases = await at_survey(office, 4)
    alone, *listed = cases
    answer = await _survey(office, listed, f1={"luxury_car": True}, f2={"luxury_car": None})
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"verdicts": {"eligible": 1, "ineligible": 1, "undetermined": 1}}
    await survey(office, alone)
    first, eligible, ineligible, undetermined = [(await office.get(f"/cases/{one}")).json() for one in cases]
    for name in ("step", "stage", "state", "verdict", "version", "available_actions"):
        assert eligible[name] == first[name]
    assert (ineligible["state"], ineligible["verdict"]) == ("rejected", "ineligible")
    assert (undetermined["step"], undetermined["verdict"]) == ("survey", "undetermined")
    decided = await office.rows("SELECT verdict, policy_version FROM decisions ORDER BY verdict")
    assert [row["verdict"] for row in decided] == ["eligible", "eligible", "ineligible", "undetermined"]
    assert len({row["policy_version"] for row in decided}) == 1
    again = await _survey(office, [undetermined["id"]])
    assert again.json() == {"verdicts": {"eligible": 1}}
    versions = await office.rows(
        "SELECT max(version) AS versions FROM assessments GROUP BY household_id ORDER BY 1 DESC LIMIT 2"
    )
    assert [row["versions"] for row in versions] == [2, 1]


async def test_one_visit_that_cannot_be_refuses_all(office: Office) -> None:
    cases = await at_survey(office, 2)
    waiting = await applied(office)
    events = await office.events()
    elsewhere = await _survey(office, [*cases, waiting])
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "case-at-another-step")
    assert elsewhere.json()["cases"] == [waiting]
    twice = await _survey(office, [cases[0], cases[0]])
    assert (twice.status_code, twice.json()["code"]) == (422, "cases-repeated")
    contradictory = await _survey(office, cases, f1={"dwellings": 0, "housing_grade": "A"})
    assert (contradictory.status_code, contradictory.json()["code"]) == (422, "facts-contradictory")
    assert contradictory.json()["errors"][0]["pointer"] == "/surveys/1/facts"
    unread = await _survey(office, cases, f1={"luxury_car": "perhaps"})
    assert (unread.status_code, unread.json()["errors"][0]["pointer"]) == (422, "/surveys/1/facts/luxury_car")
    assert await office.events() == events


async def test_imports_keep_to_the_callers_area(office: Office) -> None:
    household = await office.household(division=f"{VILLAGE}001")
    body = {
        "applications": [{"household_id": household, "applied_on": "2026-03-01", "evidence": [await office.evidence()]}]
    }
    refused = await office.post("/application-imports", body, "household_agent", f"{OTHER_TOWNSHIP[:9]}001")
    assert (refused.status_code, refused.json()["code"]) == (404, "household-unknown")
    case = await applied(office, household)
    assert (await appraise(office, "group_appraisal", [case])).status_code == 201
    await publicise(office, "group_appraisal", [case])
    await office.move_clock(8)
    visit = {"visited_on": "2026-03-10", "surveyors": SURVEYORS, "evidence": [await office.evidence()]}
    surveys = {"surveys": [visit | {"case_id": case, "facts": ELIGIBLE}]}
    outside = await office.post("/survey-imports", surveys, "village_cadre", f"{OTHER_TOWNSHIP[:9]}001")
    assert (outside.status_code, outside.json()["code"]) == (404, "cases-unknown")
