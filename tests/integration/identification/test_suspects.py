"""A suspect is verified again: the village signs, the township signs, and both decide."""

from typing import Any

import httpx
import pytest

from tests.integration.identification.comparing import at_comparison, compared, suspects, uploaded
from tests.integration.identification.office import COUNTY, GROUP, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, Office

VILLAGES = ("village_cadre", VILLAGE)
TOWNSHIPS = ("township_officer", TOWNSHIP)


async def suspected(office: Office, cars: int = 1) -> list[str]:
    [number] = (await at_comparison(office)).values()
    rows = [f"{number},渝A{place},轿车,大众,2025-01-01" for place in range(cars)]
    await compared(office, [await uploaded(office, "vehicles", *rows)])
    return [one["id"] for one in await suspects(office)]


async def sign(
    office: Office, suspect: str, who: tuple[str, str], outcome: str = "cleared", **changes: Any
) -> httpx.Response:
    body = {"outcome": outcome, "reason": "谋生用车", "evidence": [await office.evidence()]} | changes
    return await office.post(f"/suspects/{suspect}/verification", body, *who)


async def case_of(office: Office, suspect: str) -> dict[str, Any]:
    case_id = (await office.get(f"/suspects/{suspect}")).json()["case_id"]
    case: dict[str, Any] = (await office.get(f"/cases/{case_id}")).json()
    return case


@pytest.mark.parametrize("outcome", ["refuted", "cleared"])
async def test_both_let_it_go_on(office: Office, outcome: str) -> None:
    [suspect] = await suspected(office)
    first = await sign(office, suspect, VILLAGES, outcome)
    assert (first.status_code, first.json()["state"]) == (200, "open")
    second = await sign(office, suspect, TOWNSHIPS, outcome)
    assert second.json()["state"] == outcome
    assert [one["level"] for one in second.json()["signatures"]] == ["village", "township"]
    case = await case_of(office, suspect)
    assert (case["step"], case["state"], case["open_suspects"]) == ("data_cleaning", "open", 0)
    assert (await office.events())[-3:] == [
        "suspect_reverified",
        "suspect_reverified",
        "case_passed_county_comparison",
    ]


async def test_both_confirm_and_the_case_is_rejected(office: Office) -> None:
    [suspect] = await suspected(office)
    for who in (VILLAGES, TOWNSHIPS):
        assert (await sign(office, suspect, who, "confirmed", evidence=[])).status_code == 200
    case = await case_of(office, suspect)
    assert (case["state"], case["history"][-1]["reason"]) == ("rejected", "谋生用车")
    assert (await office.events())[-1] == "case_rejected"


async def test_the_case_waits_for_its_last_suspect(office: Office) -> None:
    first, second = await suspected(office, cars=2)
    for who in (VILLAGES, TOWNSHIPS):
        await sign(office, first, who)
    assert (await case_of(office, first))["open_suspects"] == 1
    for who in (VILLAGES, TOWNSHIPS):
        await sign(office, second, who)
    assert (await case_of(office, first))["step"] == "data_cleaning"


async def test_where_they_differ_the_next_round_begins(office: Office) -> None:
    [suspect] = await suspected(office)
    await sign(office, suspect, VILLAGES, "refuted")
    differing = await sign(office, suspect, TOWNSHIPS, "confirmed")
    assert differing.json()["state"] == "open"
    assert (await sign(office, suspect, TOWNSHIPS)).json()["code"] == "suspect-awaits-village"
    for who in (VILLAGES, TOWNSHIPS):
        assert (await sign(office, suspect, who)).status_code == 200
    found = (await office.get(f"/suspects/{suspect}")).json()
    assert found["state"] == "cleared"
    assert [(one["round"], one["outcome"]) for one in found["signatures"]] == [
        (1, "refuted"),
        (1, "confirmed"),
        (2, "cleared"),
        (2, "cleared"),
    ]


async def test_what_one_may_do_next_is_told(office: Office) -> None:
    [suspect] = await suspected(office)

    async def actions(who: tuple[str, str]) -> list[str]:
        told: list[str] = (await office.get(f"/suspects/{suspect}", *who)).json()["available_actions"]
        return told

    assert (await actions(VILLAGES), await actions(TOWNSHIPS)) == (["verify_suspect"], [])
    await sign(office, suspect, VILLAGES)
    assert (await actions(VILLAGES), await actions(TOWNSHIPS)) == ([], ["verify_suspect"])
    await sign(office, suspect, TOWNSHIPS)
    assert (await actions(VILLAGES), await actions(TOWNSHIPS)) == ([], [])


@pytest.mark.parametrize(
    ("who", "changes", "status", "code"),
    [
        (TOWNSHIPS, {}, 409, "suspect-awaits-village"),
        (("village_cadre", GROUP), {}, 403, "suspect-signatory-wrong"),
        (("village_cadre", "500229001002"), {}, 404, "not-found"),
        (("township_officer", OTHER_TOWNSHIP), {}, 404, "not-found"),
        (("county_officer", COUNTY), {}, 403, "scope-missing"),
        (VILLAGES, {"evidence": []}, 422, "evidence-required"),
        (VILLAGES, {"evidence": ["0" * 64]}, 422, "evidence-unknown"),
        (VILLAGES, {"outcome": "forgiven"}, 422, "request-invalid"),
        (VILLAGES, {"reason": " "}, 422, "request-invalid"),
    ],
)
async def test_refused_signatures(
    office: Office, who: tuple[str, str], changes: dict[str, Any], status: int, code: str
) -> None:
    [suspect] = await suspected(office)
    answer = await sign(office, suspect, who, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await office.rows("SELECT * FROM suspect_signatures") == []


async def test_each_signs_once(office: Office) -> None:
    [suspect] = await suspected(office)
    await sign(office, suspect, VILLAGES)
    assert (await sign(office, suspect, VILLAGES)).json()["code"] == "suspect-already-verified"
    await sign(office, suspect, TOWNSHIPS)
    for who in (VILLAGES, TOWNSHIPS):
        answer = await sign(office, suspect, who)
        assert (answer.status_code, answer.json()["code"]) == (409, "suspect-already-verified")


async def test_a_relative_does_not_sign(office: Office) -> None:
    [suspect] = await suspected(office)
    office.neighbours.related.add((await case_of(office, suspect))["household_id"])
    answer = await sign(office, suspect, VILLAGES)
    assert (answer.status_code, answer.json()["code"]) == (403, "officer-related")


async def test_evidence_is_shown_to_those_who_verify(office: Office) -> None:
    [suspect] = await suspected(office)
    for who in (VILLAGES, ("county_officer", COUNTY)):
        found = (await office.get(f"/suspects/{suspect}", *who)).json()
        assert (found["kind"], found["evidence"]["rows"][0]["plate_number"]) == ("vehicles", "渝A0")
    for who in (("auditor", COUNTY), ("household_agent", VILLAGE)):
        found = (await office.get(f"/suspects/{suspect}", *who)).json()
        assert (found["kind"], found["criterion"], found["evidence"]) == (None, None, None)
    assert (await office.get(f"/suspects/{suspect}", "village_cadre", "500229001002")).status_code == 404


async def test_lists_are_filtered_and_paged(office: Office) -> None:
    both = await suspected(office, cars=2)
    await sign(office, both[0], VILLAGES)
    page = await office.get("/suspects?limit=1&state=open", "village_cadre", VILLAGE)
    assert [one["id"] for one in page.json()["items"]] == both[:1]
    rest = await office.get(f"/suspects?limit=1&state=open&cursor={page.json()['next']}", "village_cadre", VILLAGE)
    assert [one["id"] for one in rest.json()["items"]] == both[1:]
    assert await suspects(office, state="cleared") == []
    assert (await office.get("/suspects", "village_cadre", "500229001002")).json()["items"] == []
