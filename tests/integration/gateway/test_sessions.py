"""Logging in, changing a password, logging out; and how slow guessing is."""

import pytest

from tests.fixtures.services import RunningService
from tests.integration.gateway.people import (
    PASSWORD,
    appointed,
    bearer,
    ended,
    logged_in,
    me,
    officer_with_password,
    post,
)


async def test_an_initial_password_opens_nothing_but_changing_it(gateway: RunningService) -> None:
    officer = await appointed(gateway)
    answer = await logged_in(gateway, "wangxm", officer["initial_password"])
    session = answer.json()
    assert (answer.status_code, session["scope"], session["password_change_required"]) == (201, "", True)
    headers = bearer(session["access_token"])
    assert (await gateway.client.get("/v1/officers", headers=headers)).json()["code"] == "scope-missing"
    change = {"current_password": officer["initial_password"], "new_password": PASSWORD}
    assert (await gateway.client.put("/v1/me/password", json=change, headers=headers)).status_code == 204
    await ended(gateway, session["access_token"])
    assert (await logged_in(gateway, "wangxm", officer["initial_password"])).status_code == 401
    second = (await logged_in(gateway, "wangxm", PASSWORD)).json()
    assert second["password_change_required"] is False
    assert "cases:decide" in second["scope"].split()
    assert (await me(gateway, second["access_token"])).json()["officer_id"] == officer["id"]


async def test_an_initial_password_expires(gateway: RunningService) -> None:
    officer = await appointed(gateway)
    await gateway.context.database.pool.execute("UPDATE officers SET initial_until = now() - interval '1 second'")
    assert (await logged_in(gateway, "wangxm", officer["initial_password"])).json()["code"] == "login-refused"
    reset = (await post(gateway, f"/officers/{officer['id']}/initial-password")).json()
    assert (await logged_in(gateway, "wangxm", reset["initial_password"])).status_code == 201


async def test_a_reset_ends_what_was_before(gateway: RunningService) -> None:
    officer = await officer_with_password(gateway)
    reset = (await post(gateway, f"/officers/{officer['id']}/initial-password")).json()
    await ended(gateway, officer["token"])
    assert (await logged_in(gateway, "wangxm", PASSWORD)).status_code == 401
    assert (await logged_in(gateway, "wangxm", reset["initial_password"])).json()["password_change_required"] is True


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"current_password": "wrong", "new_password": "another-password"}, 401, "login-refused"),
        ({"current_password": PASSWORD, "new_password": PASSWORD}, 422, "password-refused"),
        ({"current_password": PASSWORD, "new_password": "WangXM-and-more"}, 422, "password-refused"),
        ({"current_password": PASSWORD, "new_password": "elevenchars"}, 422, "request-invalid"),
        ({"current_password": PASSWORD}, 422, "request-invalid"),
    ],
)
async def test_passwords_that_are_not_changed(
    gateway: RunningService, change: dict[str, str], status: int, code: str
) -> None:
    officer = await officer_with_password(gateway)
    answer = await gateway.client.put("/v1/me/password", json=change, headers=bearer(officer["token"]))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not [text for text in change.values() if text in answer.text]
    assert (await logged_in(gateway, "wangxm", PASSWORD)).status_code == 201


async def test_an_officer_of_the_sandbox_has_no_password(gateway: RunningService) -> None:
    headers = gateway.tokens.officer("helper", "500229001001")
    change = {"current_password": "x", "new_password": PASSWORD}
    answer = await gateway.client.put("/v1/me/password", json=change, headers=headers)
    assert answer.json()["code"] == "not-found"


async def test_logging_out_ends_this_token_and_no_other(gateway: RunningService) -> None:
    officer = await officer_with_password(gateway)
    other = (await logged_in(gateway, "wangxm", PASSWORD)).json()["access_token"]
    answer = await gateway.client.delete("/v1/sessions/current", headers=bearer(officer["token"]))
    assert (answer.status_code, answer.content) == (204, b"")
    await ended(gateway, officer["token"])
    assert (await me(gateway, other)).status_code == 200


@pytest.mark.parametrize("name", ["wangxm", "nobody"])
async def test_a_refusal_does_not_say_whether_there_is_such_an_officer(gateway: RunningService, name: str) -> None:
    await appointed(gateway)
    answer = await logged_in(gateway, name, "a-wrong-password")
    assert (answer.status_code, answer.json()["code"]) == (401, "login-refused")
    assert name not in answer.text


async def test_guessing_becomes_slow_and_a_known_address_stays_welcome(gateway: RunningService) -> None:
    await officer_with_password(gateway)
    for _ in range(11):
        assert (await logged_in(gateway, "nobody", "guess")).status_code == 401
    slowed = await logged_in(gateway, "nobody", "guess")
    assert (slowed.status_code, slowed.json()["code"]) == (429, "login-throttled")
    assert int(slowed.headers["retry-after"]) >= 1
    assert (await logged_in(gateway, "wangxm", PASSWORD)).status_code == 201
    names = await gateway.context.database.pool.fetch("SELECT * FROM login_attempts")
    assert "wangxm" not in str(names)
