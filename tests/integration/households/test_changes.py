"""Correcting households and members: by those who saw the newest version, recounted and told."""

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.households.registry_office import GROUP, OTHER_VILLAGE, RegistryOffice


async def members_of(office: RegistryOffice, household: str, **parameters: Any) -> list[dict[str, Any]]:
    answer = await office.get(f"/households/{household}/members", purpose="correction", **parameters)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_a_household_is_corrected_by_who_saw_its_newest_version(office: RegistryOffice) -> None:
    path = f"/households/{await office.registered()}"
    changes = {"living_together": "与父母分开居住", "address": None}
    answer = await office.patch(path, changes, if_match='"1"')
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    shown = await office.get(path, purpose="correction")
    assert (shown.json()["living_together"], shown.json()["address"]) == ("与父母分开居住", None)
    assert shown.headers["etag"].startswith('"2.')
    answer = await office.patch(path, changes, if_match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
    answer = await office.patch(path, changes)
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition-required")
    answer = await office.patch(path, {"booklet_number": None}, if_match=shown.headers["etag"])
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/booklet_number")
    answer = await office.patch(path, {"status": "poor"}, if_match='"2"')
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")
    answer = await office.patch(path, changes, "village_cadre", OTHER_VILLAGE, if_match='"2"')
    assert answer.status_code == 404


async def test_a_booklet_number_is_not_taken_from_another(office: RegistryOffice) -> None:
    body = office.household()
    await office.post("/households", body)
    household = await office.registered()
    changes = {"booklet_number": body["booklet_number"]}
    answer = await office.patch(f"/households/{household}", changes, if_match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (409, "booklet-number-taken")


async def test_a_member_joins_and_is_counted(office: RegistryOffice) -> None:
    household = await office.registered()
    newborn = office.member(id_number=None) | {"joined_by": "birth", "since": "2024-02-01"}
    answer = await office.post(f"/households/{household}/members", newborn)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"2"')
    (event,) = await office.events("membership_changed")
    assert (event["members"], event["ce_sequence"], event["ce_division"]) == (2, "2", GROUP)
    shown = (await office.get(f"/households/{household}")).json()
    assert (shown["members"], shown["members_counted"], shown["version"]) == (2, 2, 2)
    last = (await members_of(office, household))[-1]
    assert (last["id"], last["joined_by"], last["since"]) == (answer.json()["id"], "birth", "2024-02-01")


@pytest.mark.parametrize(
    ("values", "status", "problem", "pointer"),
    [
        ({"relation": "head"}, 422, "household-head-required", "/relation"),
        ({"id_number": "110105194912310021"}, 422, "id-number-invalid", "/id_number"),
        ({"since": "2999-01-01"}, 422, "request-invalid", "/since"),
    ],
)
async def test_a_faulty_member_does_not_join(
    office: RegistryOffice, values: dict[str, Any], status: int, problem: str, pointer: str
) -> None:
    household = await office.registered()
    body = office.member() | {"joined_by": "marriage", "since": "2024-02-01"} | values
    answer = await office.post(f"/households/{household}/members", body)
    assert (answer.status_code, answer.json()["code"]) == (status, problem)
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert len(await members_of(office, household)) == 1


async def test_who_lives_elsewhere_or_here_does_not_join(office: RegistryOffice) -> None:
    body = office.household()
    await office.post("/households", body)
    household = await office.registered(office.member(id_number="11010519491231002X"))
    joining = {"joined_by": "correction", "since": "2024-02-01"}
    for number, problem in (
        (body["members"][0]["id_number"], "member-registered-elsewhere"),
        ("11010519491231002X", "id-number-repeated"),
    ):
        answer = await office.post(f"/households/{household}/members", office.member(id_number=number) | joining)
        assert answer.json()["code"] == problem


async def test_a_members_record_is_mended(office: RegistryOffice) -> None:
    household = await office.registered(office.member())
    path = f"/households/{household}/members"
    member = (await members_of(office, household))[1]["id"]
    number = office.id_number()
    changes = {"id_number": number, "education": "primary", "health": "disabled", "registration": "urban"}
    answer = await office.patch(f"{path}/{member}", changes, if_match='"1"')
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    mended = (await members_of(office, household))[1]
    assert {name: mended[name] for name in changes} == changes
    (event,) = await office.events("membership_changed")
    assert (event["members"], event["in_scope"], event["ce_sequence"]) == (1, True, "2")
    answer = await office.patch(f"{path}/{member}", changes, if_match='"1"')
    assert answer.status_code == 412
    answer = await office.patch(f"{path}/{member}", {"name": None}, if_match='"2"')
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/name")
    answer = await office.patch(f"{path}/{uuid4()}", {"name": "张三"}, if_match='"2"')
    assert answer.status_code == 404


async def test_a_head_stays_head_while_there_is_no_other(office: RegistryOffice) -> None:
    household = await office.registered(office.member())
    path = f"/households/{household}/members"
    head = (await members_of(office, household))[0]["id"]
    answer = await office.patch(f"{path}/{head}", {"relation": "parent"}, if_match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (422, "household-head-required")
    removal = {"left_by": "death", "until": "2024-02-01", "reason": "病故"}
    answer = await office.post(f"{path}/{head}/removal", removal)
    assert (answer.status_code, answer.json()["code"]) == (409, "household-head-stays")


async def test_who_leaves_stays_in_the_history_and_may_join_another(office: RegistryOffice) -> None:
    body = office.household(office.member())
    household = (await office.post("/households", body)).json()["id"]
    path = f"/households/{household}/members"
    member = (await members_of(office, household))[1]["id"]
    removal = {"left_by": "duplicate", "until": "2024-02-01", "reason": "重复录入"}
    answer = await office.post(f"{path}/{member}/removal", removal)
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert len(await members_of(office, household)) == 1
    former = (await members_of(office, household, former="true"))[1]
    assert (former["until"], former["left_by"]) == ("2024-02-01", "duplicate")
    answer = await office.post(f"{path}/{member}/removal", removal)
    assert (answer.status_code, answer.json()["code"]) == (409, "member-already-left")
    other = office.household(office.member(id_number=body["members"][1]["id_number"]))
    assert (await office.post("/households", other)).status_code == 201


async def test_relatives_are_declared_once(office: RegistryOffice) -> None:
    path = f"/households/{await office.registered()}/relatives"
    body = {"officer_id": str(uuid4()), "relation": "collateral"}
    answer = await office.post(path, body)
    assert answer.status_code == 201, answer.text
    assert (await office.get(path)).json()["items"] == [answer.json()]
    answer = await office.post(path, body)
    assert (answer.status_code, answer.json()["code"]) == (409, "relative-already-declared")
