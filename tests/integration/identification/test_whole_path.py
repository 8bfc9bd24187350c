"""One case through the officers' own commands, and what each step leaves behind."""

from datetime import timedelta

from tests.integration.identification.cases import (
    ELIGIBLE,
    applied,
    appraise,
    approve,
    at_review,
    at_survey,
    publicise,
    survey,
)
from tests.integration.identification.office import GROUP, TOWNSHIP, VILLAGE, Office


async def test_from_application_to_the_countys_comparison(office: Office) -> None:
    [case] = await at_review(office)
    answer = await approve(office, [case])
    assert answer.status_code == 201, answer.text
    found = (await office.get(f"/cases/{case}")).json()
    assert (found["step"], found["state"], found["verdict"]) == ("county_comparison", "open", "eligible")
    assert [entry["sequence"] for entry in found["history"]] == list(range(1, found["version"] + 1))
    assert await office.events() == [
        "policy_published",
        "policy_published",
        "application_submitted",
        "application_accepted",
        "case_appraised_by_group",
        "group_appraisal_held",
        "case_publicised_in_group",
        "group_publicity_started",
        "case_passed_group_publicity",
        "group_publicity_ended",
        "household_surveyed",
        "case_appraised_by_village",
        "village_appraisal_held",
        "case_publicised_in_village",
        "village_publicity_started",
        "case_passed_village_publicity",
        "village_publicity_ended",
        "case_reviewed_by_township",
        "township_review_completed",
    ]


async def test_a_household_that_had_exited_opens_a_return(office: Office) -> None:
    household = await office.household()
    body = {"registrations": [{"household_id": household, "status": "exited", "since": "2020-12-01"}]}
    imported = await office.post("/registration-imports", body, "county_officer", "500229000000")
    assert imported.json() == {"imported": 1, "unchanged": 0}
    case = await applied(office, household)
    assert (await office.get(f"/cases/{case}")).json()["kind"] == "return"


async def test_a_publicity_ends_by_the_clock_even_before_its_timer(office: Office) -> None:
    case = await applied(office)
    assert (await appraise(office, "group_appraisal", [case])).status_code == 201
    publicity = await publicise(office, "group_appraisal", [case])
    office.database.clock.offset += timedelta(days=8)
    surveyed = await survey(office, case)
    assert surveyed.status_code == 200, surveyed.text
    assert surveyed.json()["step"] == "village_appraisal"
    await office.fire_timers()
    assert (await office.get(f"/publicities/{publicity}")).json()["state"] == "ended"
    assert (await office.events())[-1] == "group_publicity_ended"


async def test_the_notice_shows_masked_names_and_the_period(office: Office) -> None:
    case = await applied(office)
    await appraise(office, "group_appraisal", [case])
    publicity = await publicise(office, "group_appraisal", [case])
    notice = await office.get(f"/publicities/{publicity}/notice")
    assert notice.headers["content-type"].startswith("text/html")
    assert "张*" in notice.text
    assert "5002**********1234" in notice.text


async def test_an_objection_holds_its_own_case_only(office: Office) -> None:
    first, second = await applied(office), await applied(office)
    await appraise(office, "group_appraisal", [first, second])
    publicity = await publicise(office, "group_appraisal", [first, second])
    body = {"case_id": first, "grounds": "有车"}
    raised = await office.post(f"/publicities/{publicity}/objections", body, "household_agent")
    assert raised.status_code == 201, raised.text
    await office.move_clock(8)
    for case in (first, second):
        assert (await survey(office, case)).status_code == 200
    held = await appraise(office, "village_appraisal", [first, second])
    assert (held.status_code, held.json()["code"], held.json()["cases"]) == (409, "objection-open", [first])
    resolved = await office.post(
        f"/objections/{raised.json()['id']}/resolution", {"outcome": "dismissed", "reason": "查无此车"}, "village_cadre"
    )
    assert resolved.json()["state"] == "dismissed"
    assert (await appraise(office, "village_appraisal", [first, second])).status_code == 201


async def test_an_undetermined_survey_names_the_facts_and_waits(office: Office) -> None:
    [case] = await at_survey(office)
    answer = (await survey(office, case, ELIGIBLE | {"luxury_car": None})).json()
    assert (answer["verdict"], answer["step"], answer["missing_facts"]) == ("undetermined", "survey", ["luxury_car"])
    again = (await survey(office, case)).json()
    assert (again["verdict"], again["assessment_version"]) == ("eligible", 2)


async def test_what_is_ineligible_at_the_survey_is_rejected(office: Office) -> None:
    [case] = await at_survey(office)
    answer = (await survey(office, case, ELIGIBLE | {"luxury_car": True})).json()
    assert (answer["verdict"], answer["state"], answer["criteria"]["bar.3"]) == ("ineligible", "rejected", True)


async def test_return_and_withdrawal(office: Office) -> None:
    [case] = await at_review(office)
    body = {"to_step": "survey", "reason": "收入须重新核实"}
    returned = await office.post(f"/cases/{case}/return", body, "township_officer", TOWNSHIP)
    assert (returned.json()["step"], returned.json()["verdict"]) == ("survey", None)
    assert returned.json()["history"][-1]["reason"] == "收入须重新核实"
    withdrawn = await office.post(f"/cases/{case}/withdrawal", {"reason": "自愿"}, "household_agent", VILLAGE)
    assert withdrawn.json()["state"] == "withdrawn"
    assert (await office.get("/cases?state=withdrawn")).json()["items"][0]["id"] == case
    assert GROUP.startswith(VILLAGE)
