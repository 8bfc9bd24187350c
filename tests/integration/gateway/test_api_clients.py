"""Systems: registered by whom they may be, their secrets told once and renewed, and their end."""

from typing import Any

import orjson
import pytest

from services.gateway.api_clients.store import Secret, register
from tests.fixtures.services import RunningService
from tests.integration.gateway.people import (
    COUNTY,
    NEXT_DOOR,
    ended,
    made,
    me,
    names_of,
    post,
    registered,
    told,
)

BODY: dict[str, Any] = {
    "id": "civil-affairs",
    "name": "民政厅低保系统",
    "role": "auditor",
    "division": COUNTY,
    "scopes": ["events:read"],
}


async def _token(gateway: RunningService, secret: str, client_id: str = "county-office") -> Any:
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return await gateway.client.post("/oauth/token", data=form)


async def _granted(gateway: RunningService, secret: str) -> str:
    answer = await _token(gateway, secret)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


async def test_the_secret_is_told_once_and_kept_nowhere(gateway: RunningService) -> None:
    headers = gateway.tokens.officer("operator", COUNTY)
    first = await gateway.client.post("/v1/api-clients", json=BODY, headers=headers)
    again = await gateway.client.post("/v1/api-clients", json=BODY, headers=headers)
    assert (first.status_code, again.status_code, again.headers["idempotency-replayed"]) == (201, 201, "true")
    secret = first.json()["secret"]
    assert again.json() == {"id": "civil-affairs", "version": 1, "secret": None}
    assert (await _token(gateway, secret, "civil-affairs")).status_code == 200
    async with gateway.context.database.connection() as connection:
        tables = [row[0] for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname='public'")]
        for table in tables:
            assert secret not in str([tuple(row) for row in await connection.fetch(f"SELECT * FROM {table}")])
        assert (await connection.fetchval("SELECT secret_hash FROM api_clients")).startswith("$argon2id$")


async def test_shown_listed_and_told(gateway: RunningService) -> None:
    await registered(gateway)
    headers = gateway.tokens.officer("auditor", COUNTY)
    shown = (await gateway.client.get("/v1/api-clients/county-office", headers=headers)).json()
    listed = (await gateway.client.get(f"/v1/api-clients?state=active&division={COUNTY}", headers=headers)).json()
    assert listed["items"] == [shown]
    assert (shown["state"], shown["available_actions"], shown["previous_secret_until"]) == ("active", [], None)
    assert "secret_hash" not in shown
    operators = gateway.tokens.officer("operator", COUNTY)
    seen = (await gateway.client.get("/v1/api-clients/county-office", headers=operators)).json()
    assert seen["available_actions"] == ["renew-secret", "revoke"]
    (message,) = await told(gateway, 1)
    assert orjson.loads(message.value) == {
        "registration_id": shown["registration_id"],
        "client_id": "county-office",
        "role": "auditor",
        "acts_for_officers": True,
    }
    elsewhere = gateway.tokens.officer("operator", NEXT_DOOR)
    assert (await gateway.client.get("/v1/api-clients", headers=elsewhere)).json()["items"] == []
    assert (await gateway.client.get("/v1/api-clients/county-office", headers=elsewhere)).status_code == 404


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        ("operator", {"scopes": ["cases:decide"]}, "scopes-not-yours-to-give"),
        ("operator", {"role": "county_officer", "scopes": ["households:import"]}, "scopes-not-yours-to-give"),
        ("operator", {"role": "supervisor", "scopes": ["households:personal"]}, "scopes-not-yours-to-give"),
        ("county_officer", {"role": "county_officer", "scopes": ["officers:write"]}, "scopes-not-yours-to-give"),
        ("county_officer", {"role": "operator", "scopes": ["dead-letters:write"]}, "scopes-not-yours-to-give"),
        ("operator", {"delegated_scopes": ["clients:write"]}, "scopes-not-yours-to-give"),
        ("operator", {"delegated_scopes": ["made:up"]}, "scopes-not-yours-to-give"),
        ("operator", {"division": NEXT_DOOR}, "outside-area"),
        ("auditor", {}, "scope-missing"),
        ("village_cadre", {}, "scope-missing"),
    ],
)
async def test_nobody_gives_what_is_not_theirs(
    gateway: RunningService, role: str, changes: dict[str, Any], code: str
) -> None:
    refused = await post(gateway, "/api-clients", BODY | changes, role)
    assert (refused.status_code, refused.json()["code"]) == (403, code)
    assert await gateway.context.database.pool.fetchval("SELECT count(*) FROM api_clients") == 0


async def test_whoever_may_not_give_the_scopes_gets_no_secret_for_them(gateway: RunningService) -> None:
    await registered(gateway, role="county_officer", scopes=["households:import"])
    refused = await post(gateway, "/api-clients/county-office/secrets", {}, "operator")
    assert refused.json()["code"] == "scopes-not-yours-to-give"
    assert (await post(gateway, "/api-clients/county-office/revocation", None, "operator")).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "王小明"},
        {"id": "A"},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"role": "emperor"},
        {"secret": "mine"},
    ],
)
async def test_bodies_that_are_wrong(gateway: RunningService, changes: dict[str, Any]) -> None:
    answer = await post(gateway, "/api-clients", BODY | changes, "operator")
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")


async def test_an_id_is_given_once(gateway: RunningService) -> None:
    await made(gateway, "/api-clients", BODY, "operator")
    assert (await post(gateway, "/api-clients", BODY, "operator")).json()["code"] == "client-id-taken"


async def test_two_secrets_hold_while_one_replaces_the_other(gateway: RunningService) -> None:
    first = await registered(gateway)
    second = (await made(gateway, "/api-clients/county-office/secrets", {"grace_seconds": 3600}))["secret"]
    assert [(await _token(gateway, each)).status_code for each in (first, second)] == [200, 200]
    headers = gateway.tokens.officer("county_officer", COUNTY)
    shown = await gateway.client.get("/v1/api-clients/county-office", headers=headers)
    assert shown.json()["previous_secret_until"]
    assert shown.headers["etag"].startswith('"2.')
    third = (await made(gateway, "/api-clients/county-office/secrets", {"grace_seconds": 0}))["secret"]
    assert [(await _token(gateway, each)).status_code for each in (first, second, third)] == [401, 401, 200]
    too_long = await post(gateway, "/api-clients/county-office/secrets", {"grace_seconds": 10**9})
    assert too_long.json()["code"] == "request-invalid"
    names = names_of(await told(gateway, 3))
    assert names == ["api_client_registered", "api_client_secret_renewed", "api_client_secret_renewed"]


async def test_a_revoked_client_has_nothing_left(gateway: RunningService) -> None:
    secret = await registered(gateway)
    token = await _granted(gateway, secret)
    assert (await me(gateway, token)).json()["client_id"] == "county-office"
    revoked = await post(gateway, "/api-clients/county-office/revocation", None, "operator")
    assert (revoked.status_code, revoked.json()) == (200, {"id": "county-office", "version": 2})
    await ended(gateway, token)
    assert (await _token(gateway, secret)).json()["error"] == "invalid_client"
    for path, body in (("revocation", None), ("secrets", {})):
        again = await post(gateway, f"/api-clients/county-office/{path}", body, "county_officer")
        assert (again.status_code, again.json()["code"]) == (409, "client-revoked")
    assert (await post(gateway, "/api-clients/nobody/revocation", None, "operator")).status_code == 404
    assert names_of(await told(gateway, 2))[-1] == "api_client_revoked"


async def test_what_a_client_does_is_told_with_its_name(gateway: RunningService) -> None:
    """In the archive it stands beside the officer's own acts, by whose token it was allowed."""
    secret = await Secret.new()
    async with gateway.context.database.transaction() as transaction:
        scopes = ["sandbox:clock"]
        await register(transaction, "county-office", secret, role="operator", division=COUNTY, scopes=scopes)
    headers = {"Authorization": f"Bearer {await _granted(gateway, secret.text)}", "Idempotency-Key": "one"}
    moved = await gateway.client.post("/v1/sandbox/clock", json={"advance_days": 1}, headers=headers)
    assert moved.status_code == 200
    own = gateway.tokens.officer("operator", COUNTY)
    await gateway.client.post("/v1/sandbox/clock", json={"advance_days": 1}, headers=own)
    acting = [message.headers.get("ce_actingclient") for message in await told(gateway, 3)]
    assert acting == [None, "county-office", None]
