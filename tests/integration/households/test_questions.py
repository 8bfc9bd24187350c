"""Questions of identification: answered with no more than asked, personal data on record first."""

from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest

from tests.integration.households.registry_office import GROUP, OTHER_VILLAGE, TOWNSHIP, VILLAGE, RegistryOffice


def lines_of(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [orjson.loads(line) for line in answer.content.splitlines()]


async def test_where_a_household_is(office: RegistryOffice) -> None:
    household = await office.registered(office.member())
    answer = await office.ask("household", {"household_ids": [household, str(uuid4())]})
    known = {"household_id": household, "division": GROUP, "in_scope": True, "version": 1, "members": 2}
    assert answer.json() == {"households": [known]}


async def test_masked_names_of_a_notice(office: RegistryOffice) -> None:
    body = office.household(office.member())
    household = (await office.post("/households", body)).json()["id"]
    nameless = await office.registered(members=[office.member(relation="head", id_number=None)])
    answer = await office.ask("masked-names", {"household_ids": [nameless, household]})
    number = body["members"][0]["id_number"]
    assert answer.json()["households"] == [
        {"household_id": household, "name": "张**", "id_number": f"{number[:4]}**********{number[-4:]}"},
        {"household_id": nameless, "name": "张**", "id_number": ""},
    ]
    assert await office.events("personal_data_accessed") == []


async def test_kinship(office: RegistryOffice) -> None:
    related, stranger = await office.registered(), await office.registered()
    officer = str(uuid4())
    await office.post(f"/households/{related}/relatives", {"officer_id": officer, "relation": "spouse"})
    answer = await office.ask("kinship", {"officer_id": officer, "household_ids": [stranger, related]})
    assert answer.json() == {"related": [related]}


async def test_id_numbers_of_listed_households_on_record(office: RegistryOffice) -> None:
    here = office.household(office.member(id_number=None))
    there = office.household(division=VILLAGE)
    ids = [(await office.post("/households", body)).json()["id"] for body in (here, there)]
    await office.registered()
    officer = str(uuid4())
    answer = await office.ask("id-numbers", {"household_ids": ids, "requested_by": officer})
    found = {(line["household_id"], line["id_number"]) for line in lines_of(answer)}
    assert found == {
        (household, body["members"][0]["id_number"]) for household, body in zip(ids, (here, there), strict=True)
    }
    (event,) = await office.events("personal_data_accessed")
    assert (event["purpose"], event["households"], event["accessed_by"]) == ("comparison", 2, officer)
    assert event["ce_division"] == VILLAGE


async def test_records_for_cleaning_tell_who_lives_elsewhere_too(office: RegistryOffice) -> None:
    number = office.id_number()
    lines = [
        office.household(office.member(id_number=number, schooling="primary"), ref="a"),
        office.household(office.member(id_number=number), ref="b", division=OTHER_VILLAGE),
    ]
    import_id = await office.import_lines(lines, allow_duplicates="true")
    pairs = (await office.get(f"/household-imports/{import_id}/households")).json()["items"]
    asked = pairs[0]["household_id"]
    head, child = lines_of(await office.ask("member-records", {"household_ids": [asked]}))
    assert (head["relation"], head["lives_elsewhere_too"]) == ("head", False)
    assert (child["id_number"], child["schooling"], child["lives_elsewhere_too"]) == (number, "primary", True)
    assert "name" not in child
    (event,) = await office.events("personal_data_accessed")
    assert (event["purpose"], event["accessed_by"]) == ("data_cleaning", "identification")
    members = (await office.get(f"/households/{pairs[1]['household_id']}/members")).json()["items"]
    removal = {"left_by": "duplicate", "until": "2024-02-01", "reason": "重复录入"}
    path = f"/households/{pairs[1]['household_id']}/members/{members[1]['id']}/removal"
    assert (await office.post(path, removal)).status_code == 200
    _, child = lines_of(await office.ask("member-records", {"household_ids": [asked]}))
    assert child["lives_elsewhere_too"] is False


async def test_a_stream_of_many_households_misses_none(office: RegistryOffice) -> None:
    lines = [office.household(office.member()) for _ in range(1_200)]
    import_id = await office.import_lines(lines)
    rows = await office.rows("SELECT household_id FROM imported_households")
    answer = await office.ask("id-numbers", {"household_ids": [str(row["household_id"]) for row in rows]})
    assert len({line["member_id"] for line in lines_of(answer)}) == 2_400
    assert import_id


@pytest.mark.parametrize("path", ["household", "masked-names", "kinship", "id-numbers", "member-records"])
async def test_officers_ask_nothing_here(office: RegistryOffice, path: str) -> None:
    headers = office.headers("township_officer", TOWNSHIP)
    answer = await office.client.post(f"/internal/{path}", json={"household_ids": []}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid")
