"""Bad input: each with its own problem code, and nothing changed."""

import asyncio
from typing import Any
from uuid import uuid4

import jwt
import pytest

from tests.integration.identification.cases import (
    ELIGIBLE,
    PRESENT,
    applied,
    appraisal,
    appraise,
    approve,
    at_review,
    at_survey,
    at_village,
    publicise,
    survey,
    votes,
)
from tests.integration.identification.office import COUNTY, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, Office


async def traces(office: Office) -> list[Any]:
    """Everything that a refused command could have changed."""
    counts = [
        (await office.rows(f"SELECT count(*) FROM {table}"))[0]["count"]
        for table in ("cases", "case_history", "lists", "list_cases", "objections", "outbox", "registrations", "timers")
    ]
    return [counts, await office.rows("SELECT id, version, step, stage, state FROM cases ORDER BY id")]


async def application(office: Office, household: str) -> dict[str, Any]:
    return {"household_id": household, "applied_on": "2026-03-01", "evidence": [await office.evidence()]}


async def test_applications_that_are_refused(office: Office) -> None:
    open_one, urban, poor = await office.household(), await office.household(in_scope=False), await office.household()
    await applied(office, open_one)
    body = {"registrations": [{"household_id": poor, "status": "poor", "since": "2019-05-01"}]}
    await office.post("/registration-imports", body, "county_officer", COUNTY)
    before = await traces(office)
    for household, status, code in [
        (open_one, 409, "case-already-open"),
        (urban, 422, "household-out-of-scope"),
        (poor, 409, "household-already-registered"),
        (str(uuid4()), 404, "household-unknown"),
        (await office.household(division=OTHER_TOWNSHIP[:9] + "001001"), 404, "household-unknown"),
    ]:
        answer = await office.post("/applications", await application(office, household), "household_agent", VILLAGE)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    unsigned = await application(office, await office.household()) | {"evidence": ["0" * 64]}
    answer = await office.post("/applications", unsigned, "household_agent", VILLAGE)
    assert (answer.status_code, answer.json()["code"]) == (422, "evidence-unknown")
    assert await traces(office) == before


@pytest.mark.parametrize(
    ("step", "changes", "status", "code"),
    [
        ("group_appraisal", {"present": {"villager": 19}}, 422, "quorum-not-met"),
        ("group_appraisal", {"present": {"village_cadre": 25}}, 422, "capacity-missing"),
        ("village_appraisal", {"present": PRESENT | {"supervisor": 0}}, 422, "capacity-missing"),
        ("group_appraisal", {"present": {"villager": 31}}, 422, "votes-exceed-roll"),
        ("group_appraisal", {"minutes": "f" * 64}, 422, "evidence-unknown"),
        ("group_appraisal", {"division": OTHER_TOWNSHIP}, 403, "outside-area"),
        ("group_appraisal", {"surprise": 1}, 422, "request-invalid"),
        ("group_appraisal", {"roll": 0}, 422, "request-invalid"),
    ],
)
async def test_appraisals_that_are_refused(
    office: Office, step: str, changes: dict[str, Any], status: int, code: str
) -> None:
    cases = await at_village(office) if step == "village_appraisal" else [await applied(office)]
    body = await appraisal(office, step, cases, **changes)
    before = await traces(office)
    answer = await office.post("/appraisals", body, "village_cadre")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await traces(office) == before


async def test_votes_that_are_refused(office: Office) -> None:
    [case] = await at_village(office)
    too_many = await appraise(office, "village_appraisal", [], results=[votes(case, 20, 7)])
    assert (too_many.status_code, too_many.json()["code"]) == (422, "votes-exceed-roll")
    unexplained = await appraise(office, "village_appraisal", [], results=[votes(case, 20, 1)])
    assert (unexplained.status_code, unexplained.json()["code"]) == (422, "reasons-required")
    explained = await appraise(office, "village_appraisal", [], results=[votes(case, 20, 1, reasons="有异议")])
    assert explained.status_code == 201


async def test_a_list_with_a_case_of_another_step_is_refused_whole(office: Office) -> None:
    [later] = await at_survey(office)
    fresh = await applied(office)
    before = await traces(office)
    answer = await appraise(office, "group_appraisal", [fresh, later])
    assert (answer.status_code, answer.json()["code"], answer.json()["cases"]) == (409, "case-at-another-step", [later])
    twice = await appraise(office, "group_appraisal", [fresh, fresh])
    assert (twice.status_code, twice.json()["code"]) == (422, "cases-repeated")
    unknown = str(uuid4())
    stranger = await appraise(office, "group_appraisal", [fresh, unknown])
    assert (stranger.status_code, stranger.json()["code"], stranger.json()["cases"]) == (
        404,
        "cases-unknown",
        [unknown],
    )
    assert await traces(office) == before


async def test_a_publicity_is_not_ended_early_nor_objected_to_late(office: Office) -> None:
    case = await applied(office)
    await appraise(office, "group_appraisal", [case])
    publicity = await publicise(office, "group_appraisal", [case])
    early = await office.post(f"/publicities/{publicity}/ending", {}, "village_cadre")
    assert (early.status_code, early.json()["code"]) == (409, "publicity-not-over")
    await office.move_clock(8)
    body = {"case_id": case, "grounds": "太迟"}
    late = await office.post(f"/publicities/{publicity}/objections", body, "household_agent")
    assert (late.status_code, late.json()["code"]) == (409, "publicity-over")
    confirmed = await office.post(f"/publicities/{publicity}/ending", {}, "village_cadre")
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "ended")


async def test_reviews_by_the_wrong_officer(office: Office) -> None:
    cases = await at_review(office)
    [row] = await office.rows("SELECT household_id, submitted_by FROM cases")
    office.neighbours.related.add(str(row["household_id"]))
    related = await approve(office, cases)
    assert (related.status_code, related.json()["code"]) == (403, "officer-related")
    office.neighbours.related.clear()
    async with office.database.transaction() as transaction:
        token = office.headers("township_officer", TOWNSHIP)["authorization"].removeprefix("Bearer ")
        reviewer = jwt.decode(token, options={"verify_signature": False})["officer_id"]
        await transaction.execute("UPDATE cases SET submitted_by = $1", reviewer)
    own = await approve(office, cases)
    assert (own.status_code, own.json()["code"]) == (403, "reviewer-submitted")
    body = {"division": TOWNSHIP, "decisions": [{"case_id": cases[0], "decision": "reject"}]}
    unexplained = await office.post("/township-reviews", body, "township_officer", TOWNSHIP)
    assert (unexplained.status_code, unexplained.json()["code"]) == (422, "reason-required")


async def test_surveys_that_are_refused(office: Office) -> None:
    [case] = await at_survey(office)
    before = await traces(office)
    contradictory = await survey(office, case, ELIGIBLE | {"dropout_for_lack_of_funds": True})
    assert (contradictory.status_code, contradictory.json()["code"]) == (422, "facts-contradictory")
    unknown = await survey(office, case, ELIGIBLE | {"owns_a_yacht": True})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "facts-invalid")
    wrong = await survey(office, case, ELIGIBLE | {"wage_income": 12.5})
    assert wrong.json()["errors"][0]["pointer"] == "/facts/wage_income"
    assert "12.5" not in wrong.text
    assert await traces(office) == before


async def test_idempotency(office: Office) -> None:
    household = await office.household()
    body = await application(office, household)
    first = await office.post("/applications", body, "household_agent", VILLAGE, key="one")
    again = await office.post("/applications", body, "household_agent", VILLAGE, key="one")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    other = await office.post(
        "/applications", body | {"applied_on": "2026-03-02"}, "household_agent", VILLAGE, key="one"
    )
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    headers = office.headers("household_agent")
    headers.pop("idempotency-key")
    keyless = await office.client.post("/v1/applications", json=body, headers=headers)
    assert (keyless.status_code, keyless.json()["code"]) == (400, "idempotency-key-required")


async def test_twins_at_the_same_moment_get_the_first_answer(office: Office) -> None:
    body = await application(office, await office.household())
    answers = await asyncio.gather(
        *(office.post("/applications", body, "household_agent", VILLAGE, key="twin") for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_only_one_open_case_whatever_two_officers_do_at_once(office: Office) -> None:
    body = await application(office, await office.household())
    answers = await asyncio.gather(
        *(office.post("/applications", body, "household_agent", VILLAGE, officer=n) for n in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]


async def test_areas_and_tokens(office: Office) -> None:
    case = await applied(office)
    assert (await office.get(f"/cases/{case}", "village_cadre", VILLAGE)).status_code == 200
    elsewhere = await office.get(f"/cases/{case}", "township_officer", OTHER_TOWNSHIP)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "not-found")
    assert (await office.get("/cases", "township_officer", OTHER_TOWNSHIP)).json()["items"] == []
    outside = await office.get(f"/cases?division={VILLAGE}", "township_officer", OTHER_TOWNSHIP)
    assert (outside.status_code, outside.json()["code"]) == (403, "outside-area")
    without = await office.client.get("/v1/cases")
    assert (without.status_code, without.json()["code"]) == (401, "token-missing")
    forged = office.headers("county_officer", COUNTY)["authorization"][:-6] + "AAAAAA"
    refused = await office.client.get("/v1/cases", headers={"authorization": forged})
    assert (refused.status_code, refused.json()["code"]) == (401, "token-invalid")
    helper = await office.get("/cases", "helper", VILLAGE)
    assert (helper.status_code, helper.json()["code"]) == (403, "scope-missing")


async def test_unknown_parameters_depth_and_size(office: Office) -> None:
    headers = office.headers("county_officer", COUNTY) | {"content-type": "application/json"}
    unknown = await office.client.get("/v1/cases?colour=red", headers=headers)
    assert (unknown.status_code, unknown.json()["code"]) == (422, "parameter-unknown")
    assert "colour" not in unknown.text
    deep = b"[" * 10_000 + b"]" * 10_000
    nested = await office.client.post(
        "/v1/applications",
        content=deep,
        headers=office.headers("household_agent") | {"content-type": "application/json"},
    )
    assert (nested.status_code, nested.json()["code"]) == (422, "request-invalid")
    huge = await office.client.post(
        "/v1/applications",
        content=b" " * 100_000_000,
        headers=office.headers("household_agent") | {"content-type": "application/json"},
    )
    assert (huge.status_code, huge.json()["code"]) == (413, "body-too-large")
