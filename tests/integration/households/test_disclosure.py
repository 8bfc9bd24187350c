"""Masked by default; unmasked for a purpose, with the scope, and on record."""

from datetime import timedelta

from tests.integration.households.registry_office import COUNTY, VILLAGE, RegistryOffice

HOUR = timedelta(hours=1)


async def test_members_are_masked(office: RegistryOffice) -> None:
    body = office.household()
    household = (await office.post("/households", body)).json()["id"]
    answer = await office.get(f"/households/{household}/members", "village_cadre", VILLAGE)
    (head,) = answer.json()["items"]
    number = body["members"][0]["id_number"]
    assert (head["name"], head["birth_date"]) == ("张**", None)
    assert head["id_number"] == f"{number[:4]}**********{number[-4:]}"
    assert await office.events("personal_data_accessed") == []


async def test_a_purpose_unmasks_and_is_recorded(office: RegistryOffice) -> None:
    body = office.household()
    household = (await office.post("/households", body)).json()["id"]
    answer = await office.get(f"/households/{household}/members", "village_cadre", VILLAGE, purpose="survey")
    (head,) = answer.json()["items"]
    assert (head["name"], head["id_number"]) == (body["members"][0]["name"], body["members"][0]["id_number"])
    assert head["birth_date"] == "1970-05-17"
    (event,) = await office.events("personal_data_accessed")
    assert (event["purpose"], event["households"], event["ce_division"]) == ("survey", 1, VILLAGE)
    assert event["accessed_by"] == str(office.officer("village_cadre", VILLAGE))


async def test_booklet_and_address_too(office: RegistryOffice) -> None:
    body = office.household()
    household = (await office.post("/households", body)).json()["id"]
    masked = (await office.get(f"/households/{household}")).json()
    assert (masked["booklet_number"], masked["address"]) == ("******" + body["booklet_number"][-4:], None)
    shown = (await office.get(f"/households/{household}", purpose="verification")).json()
    assert (shown["booklet_number"], shown["address"]) == (body["booklet_number"], body["address"])
    assert (shown["head_name"], masked["head_name"]) == ("张三丰", "张**")
    assert len(await office.events("personal_data_accessed")) == 1


async def test_an_unknown_purpose_or_a_missing_scope_shows_nothing(office: RegistryOffice) -> None:
    household = await office.registered()
    path = f"/households/{household}/members"
    answer = await office.get(path, purpose="curiosity")
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")
    scopes = "households:read"
    token = office.gateway.issue(
        subject="system", audience="jingzhun", lifetime=HOUR, role="county_officer", division=COUNTY, scope=scopes
    )
    headers = {"authorization": f"Bearer {token}"}
    answer = await office.client.get(f"/v1{path}?purpose=survey", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")
    assert (await office.client.get(f"/v1{path}", headers=headers)).status_code == 200
    assert await office.events("personal_data_accessed") == []
