"""Registering households: what is sound is told to the others, what is not is refused without an echo."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.households.registry_office import (
    COUNTY,
    GROUP,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    RegistryOffice,
)

WRONG = "110105194912310021"


async def test_a_household_is_registered_and_told_of(office: RegistryOffice) -> None:
    body = office.household(office.member(), office.member(registration="urban"))
    answer = await office.post("/households", body, "village_cadre", VILLAGE)
    assert answer.status_code == 201, answer.text
    assert answer.headers["etag"] == '"1"'
    shown = (await office.get(answer.headers["location"].removeprefix("/v1"))).json()
    assert (shown["division"], shown["status"], shown["version"]) == (GROUP, "none", 1)
    assert (shown["members"], shown["members_counted"], shown["in_scope"]) == (3, 2, True)
    (event,) = await office.events("household_registered")
    assert (event["household_id"], event["members"], event["in_scope"]) == (answer.json()["id"], 2, True)
    assert (event["ce_division"], event["ce_sequence"]) == (GROUP, "1")


async def test_events_and_answers_hold_no_personal_data(office: RegistryOffice) -> None:
    body = office.household()
    await office.post("/households", body)
    rows = await office.rows("SELECT convert_from(value, 'UTF8') || headers::text AS text FROM outbox")
    kept = await office.rows("SELECT convert_from(body, 'UTF8') AS text FROM idempotency_keys WHERE body IS NOT NULL")
    for row in rows + kept:
        for secret in (body["members"][0]["name"], body["members"][0]["id_number"], body["booklet_number"]):
            assert secret not in row["text"]


async def test_an_urban_household_is_registered_out_of_scope(office: RegistryOffice) -> None:
    head = office.member(relation="head", registration="urban")
    household = await office.registered(members=[head, office.member()])
    shown = (await office.get(f"/households/{household}")).json()
    assert (shown["in_scope"], shown["members_counted"]) == (False, 1)


async def test_a_farmer_converted_in_place_is_in_scope(office: RegistryOffice) -> None:
    head = office.member(relation="head", registration="converted_in_place")
    household = await office.registered(members=[head])
    assert (await office.get(f"/households/{household}")).json()["in_scope"] is True


async def test_a_wrong_check_digit_is_pointed_at_and_not_echoed(office: RegistryOffice) -> None:
    body = office.household(office.member(), office.member(id_number=WRONG))
    answer = await office.post("/households", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "id-number-invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/members/2/id_number"]
    assert WRONG not in answer.text
    assert await office.rows("SELECT id FROM households") == []


async def test_id_numbers_are_kept_in_their_normal_form(office: RegistryOffice) -> None:
    household = await office.registered(members=[office.member(relation="head", id_number="110105491231002")])
    (row,) = await office.rows("SELECT id_number FROM members")
    assert row["id_number"] == "11010519491231002X"
    found = await office.post("/households/searches", {"id_number": "11010519491231002x"})
    assert [item["id"] for item in found.json()["items"]] == [household]


def faulty(office: RegistryOffice, fault: str) -> dict[str, Any]:
    twin = office.id_number()
    faults = {
        "no head": office.household(members=[office.member()]),
        "two heads": office.household(office.member(relation="head")),
        "twins": office.household(office.member(id_number=twin), office.member(id_number=twin)),
        "township": office.household(division=TOWNSHIP),
        "unknown division": office.household(division="500229001099"),
        "outside": office.household(division="500230001001"),
        "unknown field": office.household() | {"phone": "13800000000"},
        "unknown code": office.household(office.member(health="sleepy")),
        "nobody": office.household(members=[]),
    }
    return faults[fault]


@pytest.mark.parametrize(
    ("fault", "status", "problem", "pointer"),
    [
        ("no head", 422, "household-head-required", "/members"),
        ("two heads", 422, "household-head-required", "/members"),
        ("twins", 422, "id-number-repeated", "/members/1/id_number"),
        ("township", 422, "division-not-a-village", "/division"),
        ("unknown division", 422, "division-unknown", "/division"),
        ("outside", 403, "outside-area", None),
        ("unknown field", 422, "request-invalid", ""),
        ("unknown code", 422, "request-invalid", "/members/1/health"),
        ("nobody", 422, "request-invalid", "/members"),
    ],
)
async def test_a_faulty_household_is_refused(
    office: RegistryOffice, fault: str, status: int, problem: str, pointer: str | None
) -> None:
    answer = await office.post("/households", faulty(office, fault))
    assert (answer.status_code, answer.json()["code"]) == (status, problem)
    assert pointer is None or answer.json()["errors"][0]["pointer"] == pointer
    assert await office.rows("SELECT id FROM households") == []


async def test_a_booklet_is_registered_once_in_a_county(office: RegistryOffice) -> None:
    body = office.household()
    await office.post("/households", body)
    again = office.household(booklet_number=body["booklet_number"], division=OTHER_VILLAGE)
    answer = await office.post("/households", again)
    assert (answer.status_code, answer.json()["code"]) == (409, "booklet-number-taken")


async def test_a_person_lives_in_one_household(office: RegistryOffice) -> None:
    body = office.household()
    await office.post("/households", body)
    member = office.member(id_number=body["members"][0]["id_number"])
    answer = await office.post("/households", office.household(member))
    assert (answer.status_code, answer.json()["code"]) == (409, "member-registered-elsewhere")
    assert answer.json()["errors"][0]["pointer"] == "/members/1/id_number"


async def test_of_two_who_register_a_person_at_once_one_succeeds(office: RegistryOffice) -> None:
    number = office.id_number()
    bodies = [office.household(office.member(id_number=number)) for _ in range(4)]
    answers = await asyncio.gather(*[office.post("/households", body) for body in bodies])
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "member-registered-elsewhere"}


async def test_a_repeat_with_the_same_key_registers_once(office: RegistryOffice) -> None:
    body, key = office.household(), str(uuid4())
    first = await office.post("/households", body, idempotency_key=key)
    second = await office.post("/households", body, idempotency_key=key)
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
    other = await office.post("/households", office.household(), idempotency_key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


@pytest.mark.parametrize("role", ["township_officer", "supervisor", "resident_cadre"])
async def test_not_everybody_registers(office: RegistryOffice, role: str) -> None:
    answer = await office.post("/households", office.household(), role, COUNTY)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


async def test_a_cadre_registers_in_their_own_village_only(office: RegistryOffice) -> None:
    answer = await office.post("/households", office.household(), "village_cadre", OTHER_VILLAGE)
    assert (answer.status_code, answer.json()["code"]) == (403, "outside-area")
    answer = await office.post("/households", office.household(), "township_clerk", OTHER_TOWNSHIP)
    assert (answer.status_code, answer.json()["code"]) == (403, "outside-area")
