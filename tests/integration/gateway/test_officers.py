"""Who appoints whom, what the others see of it, and what ends with it."""

from typing import Any
from uuid import UUID

import orjson
import pytest

from services.wiring.sandbox import officer_of
from tests.fixtures.services import RunningService
from tests.integration.gateway.people import (
    COUNTY,
    NEXT_DOOR,
    TOWNSHIP,
    VILLAGE,
    appointed,
    ended,
    logged_in,
    made,
    me,
    names_of,
    officer_with_password,
    post,
    told,
)


async def _shown(gateway: RunningService, officer_id: str, role: str = "county_officer", place: str = COUNTY) -> Any:
    return await gateway.client.get(f"/v1/officers/{officer_id}", headers=gateway.tokens.officer(role, place))


async def test_appointed_shown_changed_and_told(gateway: RunningService) -> None:
    officer = await appointed(gateway)
    shown = await _shown(gateway, officer["id"])
    assert shown.headers["etag"].startswith('"1.')
    assert (shown.json()["display_name"], shown.json()["login_name"]) == ("王小明", "wangxm")
    assert shown.json()["appointed_by"] == str(officer_of("county_officer", COUNTY))
    assert shown.json()["available_actions"] == ["change", "suspend", "depart", "reset-password"]
    headers = gateway.tokens.officer("county_officer", COUNTY)
    path, change = f"/v1/officers/{officer['id']}", {"role": "village_cadre", "division": VILLAGE}
    assert (await gateway.client.patch(path, json=change, headers=headers)).json()["code"] == "precondition-required"
    headers = gateway.tokens.officer("county_officer", COUNTY) | {"If-Match": '"1"'}
    changed = await gateway.client.patch(path, json=change, headers=headers)
    assert (changed.status_code, changed.json()["version"], changed.headers["etag"]) == (200, 2, '"2"')
    headers = gateway.tokens.officer("county_officer", COUNTY) | {"If-Match": '"1"'}
    assert (await gateway.client.patch(path, json=change, headers=headers)).json()["code"] == "precondition-failed"
    messages = await told(gateway, 2)
    assert names_of(messages) == ["officer_appointed", "officer_transferred"]
    assert [message.headers["ce_division"] for message in messages] == [TOWNSHIP, VILLAGE]
    assert orjson.loads(messages[1].value)["role"] == "village_cadre"
    everything = b"".join(message.value + orjson.dumps(dict(message.headers)) for message in messages).decode()
    assert "王" not in everything
    assert "wangxm" not in everything


async def test_names_are_masked_for_whoever_does_not_appoint(gateway: RunningService) -> None:
    officer = await appointed(gateway)
    seen = (await _shown(gateway, officer["id"], "auditor")).json()
    assert (seen["display_name"], seen["login_name"], seen["available_actions"]) == ("王**", None, [])
    listed = await gateway.client.get("/v1/officers", headers=gateway.tokens.officer("supervisor", COUNTY))
    assert [item["display_name"] for item in listed.json()["items"]] == ["王**"]
    assert "wangxm" not in listed.text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"division": NEXT_DOOR}, "outside-area"),
        ({"division": "500000000000"}, "outside-area"),
        ({"role": "operator"}, "role-not-yours-to-give"),
    ],
)
async def test_nobody_appoints_beyond_their_area_or_above_their_role(
    gateway: RunningService, changes: dict[str, Any], code: str
) -> None:
    body = {"display_name": "某人", "role": "helper", "division": VILLAGE}
    refused = await post(gateway, "/officers", body | changes)
    assert (refused.status_code, refused.json()["code"]) == (403, code)
    assert await gateway.context.database.pool.fetchval("SELECT count(*) FROM officers") == 0


async def test_nobody_changes_to_what_they_could_not_appoint(gateway: RunningService) -> None:
    officer = await appointed(gateway)
    for change, code in (({"role": "operator"}, "role-not-yours-to-give"), ({"division": NEXT_DOOR}, "outside-area")):
        headers = gateway.tokens.officer("county_officer", COUNTY) | {"If-Match": "*"}
        refused = await gateway.client.patch(f"/v1/officers/{officer['id']}", json=change, headers=headers)
        assert refused.json()["code"] == code


async def test_nobody_decides_about_themselves_or_of_another_area(gateway: RunningService) -> None:
    officer = await officer_with_password(gateway, role="county_officer", division=COUNTY)
    own = {"Authorization": f"Bearer {officer['token']}"}
    for path in ("suspension", "departure", "initial-password"):
        answer = await gateway.client.post(
            f"/v1/officers/{officer['id']}/{path}", headers=own | {"Idempotency-Key": path}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "own-office")
        elsewhere = await post(gateway, f"/officers/{officer['id']}/{path}", place=NEXT_DOOR)
        assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "not-found")
    seen = await gateway.client.get(f"/v1/officers/{officer['id']}", headers=own)
    assert seen.json()["available_actions"] == []
    assert (await _shown(gateway, officer["id"], place=NEXT_DOOR)).status_code == 404


async def test_who_is_suspended_acts_no_more_and_comes_back_with_new_tokens(gateway: RunningService) -> None:
    officer = await officer_with_password(gateway)
    assert (await me(gateway, officer["token"])).status_code == 200
    suspended = await post(gateway, f"/officers/{officer['id']}/suspension")
    assert suspended.status_code == 200
    await ended(gateway, officer["token"])
    assert (await logged_in(gateway, "wangxm", "青山-绿水-2016-七月")).json()["code"] == "login-refused"
    assert (await post(gateway, f"/officers/{officer['id']}/suspension")).json()["code"] == "officer-state"
    assert (await post(gateway, f"/officers/{officer['id']}/initial-password")).json()["code"] == "officer-state"
    await post(gateway, f"/officers/{officer['id']}/reinstatement")
    again = (await logged_in(gateway, "wangxm", "青山-绿水-2016-七月")).json()
    assert (await me(gateway, again["access_token"])).status_code == 200
    assert (await me(gateway, officer["token"])).status_code == 401
    departed = await post(gateway, f"/officers/{officer['id']}/departure")
    assert departed.json()["version"] == 5
    for path in ("suspension", "reinstatement", "departure"):
        assert (await post(gateway, f"/officers/{officer['id']}/{path}")).json()["code"] == "officer-state"
    names = names_of(await told(gateway, 4))
    assert names == ["officer_appointed", "officer_suspended", "officer_reinstated", "officer_departed"]


async def test_a_repeated_appointment_does_not_tell_the_password_again(gateway: RunningService) -> None:
    body = {"display_name": "王小明", "role": "helper", "division": VILLAGE, "login_name": "wangxm"}
    headers = gateway.tokens.officer("county_officer", COUNTY)
    first = await gateway.client.post("/v1/officers", json=body, headers=headers)
    again = await gateway.client.post("/v1/officers", json=body, headers=headers)
    assert again.headers["idempotency-replayed"] == "true"
    assert first.json()["initial_password"]
    assert again.json() == first.json() | {"initial_password": None}
    kept = await gateway.context.database.pool.fetchval("SELECT convert_from(body, 'UTF8') FROM idempotency_keys")
    assert first.json()["initial_password"] not in kept
    row = await gateway.context.database.pool.fetchrow("SELECT * FROM officers")
    assert row["password_hash"].startswith("$argon2id$")
    assert first.json()["initial_password"] not in str(dict(row))


async def test_a_login_name_is_given_once(gateway: RunningService) -> None:
    await appointed(gateway)
    other = {"display_name": "王晓梅", "role": "helper", "division": VILLAGE, "login_name": "wangxm"}
    assert (await post(gateway, "/officers", other)).json()["code"] == "login-name-taken"
    second = await made(gateway, "/officers", other | {"login_name": "wangxm2"})
    headers = gateway.tokens.officer("county_officer", COUNTY) | {"If-Match": "*"}
    path = f"/v1/officers/{second['id']}"
    refused = await gateway.client.patch(path, json={"login_name": "wangxm"}, headers=headers)
    assert refused.json()["code"] == "login-name-taken"


async def test_who_has_no_login_has_no_password(gateway: RunningService) -> None:
    officer = await appointed(gateway, login_name=None)
    assert (officer["initial_password"], officer["initial_password_until"]) == (None, None)
    assert (await post(gateway, f"/officers/{officer['id']}/initial-password")).json()["code"] == "officer-state"


async def test_lists_by_division_role_and_state_in_pages(gateway: RunningService) -> None:
    ids = {(await appointed(gateway, login_name=None, division=place))["id"] for place in (TOWNSHIP, VILLAGE, VILLAGE)}
    headers = gateway.tokens.officer("county_officer", COUNTY)
    found: list[str] = []
    path: str | None = "/v1/officers?limit=1"
    while path:
        page = (await gateway.client.get(path, headers=headers)).json()
        found += [item["id"] for item in page["items"]]
        path = page["next"] and f"/v1/officers?limit=1&cursor={page['next']}"
    assert len(found) == 3
    assert set(found) == ids
    asked = f"/v1/officers?division={VILLAGE}&role=township_officer&state=active&updated_after=2020-01-01T00:00:00Z"
    assert len((await gateway.client.get(asked, headers=headers)).json()["items"]) == 2
    for query in ("state=left", "role=helper", "updated_after=2999-01-01T00:00:00Z"):
        assert (await gateway.client.get(f"/v1/officers?{query}", headers=headers)).json()["items"] == []
    elsewhere = gateway.tokens.officer("county_officer", NEXT_DOOR)
    assert (await gateway.client.get("/v1/officers", headers=elsewhere)).json()["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"display_name": "", "role": "helper", "division": VILLAGE},
        {"display_name": "某人", "role": "emperor", "division": VILLAGE},
        {"display_name": "某人", "role": "helper", "division": "5002"},
        {"display_name": "某人", "role": "helper", "division": VILLAGE, "login_name": "王小明"},
        {"display_name": "某人", "role": "helper", "division": VILLAGE, "password": "mine"},
        {"display_name": "某\0人", "role": "helper", "division": VILLAGE},
    ],
)
async def test_bodies_that_are_wrong(gateway: RunningService, body: dict[str, Any]) -> None:
    answer = await post(gateway, "/officers", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")
    assert "某" not in answer.text


async def test_a_change_that_names_nothing(gateway: RunningService) -> None:
    officer = await appointed(gateway)
    for body in ({}, {"role": None}):
        headers = gateway.tokens.officer("county_officer", COUNTY) | {"If-Match": "*"}
        answer = await gateway.client.patch(f"/v1/officers/{officer['id']}", json=body, headers=headers)
        assert answer.json()["code"] == "request-invalid"
    unknown = await post(gateway, f"/officers/{UUID(int=1)}/suspension")
    assert unknown.json()["code"] == "not-found"
