"""Client credentials as RFC 6749 has them, and what a token says of its bearer."""

from typing import Any
from uuid import UUID

import pytest

from services.gateway.api_clients.store import Secret, register
from shared.auth.roles import ROLES
from tests.fixtures.services import RunningService

COUNTY = "500229000000"


async def _registered(gateway: RunningService, **more: Any) -> str:
    given: dict[str, Any] = {"role": "auditor", "division": COUNTY, "scopes": ROLES["auditor"], "officer_id": None}
    secret = await Secret.new()
    async with gateway.context.database.transaction() as transaction:
        await register(transaction, "civil-affairs", secret, **(given | more))
    return secret.text


async def _ask(gateway: RunningService, **form: str) -> Any:
    return await gateway.client.post("/oauth/token", data=form)


async def test_a_client_gets_a_token_that_the_api_accepts(gateway: RunningService) -> None:
    secret = await _registered(gateway)
    answer = await _ask(gateway, grant_type="client_credentials", client_id="civil-affairs", client_secret=secret)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    granted = answer.json()
    assert granted["token_type"] == "Bearer"
    assert granted["scope"].split() == sorted(ROLES["auditor"])
    me = await gateway.client.get("/v1/me", headers={"Authorization": f"Bearer {granted['access_token']}"})
    assert me.json() == {
        "subject": "civil-affairs",
        "officer_id": None,
        "client_id": "civil-affairs",
        "act": None,
        "role": "auditor",
        "division": COUNTY,
        "scopes": sorted(ROLES["auditor"]),
    }


async def test_basic_authorization_and_fewer_scopes_for_an_officer(gateway: RunningService) -> None:
    officer = UUID("00000000-0000-4000-8000-000000000001")
    secret = await _registered(gateway, officer_id=officer)
    answer = await gateway.client.post(
        "/oauth/token",
        data={"grant_type": "client_credentials", "scope": "events:read"},
        auth=("civil-affairs", secret),
    )
    granted = answer.json()
    assert granted["scope"] == "events:read"
    me = await gateway.client.get("/v1/me", headers={"Authorization": f"Bearer {granted['access_token']}"})
    assert (me.json()["officer_id"], me.json()["scopes"]) == (str(officer), ["events:read"])


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, 401, "invalid_client"),
        (
            {"grant_type": "client_credentials", "client_id": "civil-affairs", "client_secret": "no"},
            401,
            "invalid_client",
        ),
        ({"grant_type": "client_credentials", "client_id": "nobody", "client_secret": "no"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials", "client_id": "\0", "client_secret": "no"}, 401, "invalid_client"),
    ],
)
async def test_what_is_refused(gateway: RunningService, form: dict[str, str], status: int, error: str) -> None:
    await _registered(gateway)
    answer = await _ask(gateway, **form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert ("www-authenticate" in answer.headers) == (status == 401)


async def test_a_scope_beyond_the_clients_and_a_body_that_is_no_form(gateway: RunningService) -> None:
    secret = await _registered(gateway)
    named = {"grant_type": "client_credentials", "client_id": "civil-affairs", "client_secret": secret}
    beyond = await _ask(gateway, **named, scope="cases:decide")
    assert (beyond.status_code, beyond.json()["error"]) == (400, "invalid_scope")
    as_json = await gateway.client.post("/oauth/token", json=named)
    assert (as_json.status_code, as_json.json()["error"]) == (400, "invalid_request")
    repeated = await gateway.client.post(
        "/oauth/token",
        content="grant_type=client_credentials&grant_type=password",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert (repeated.status_code, repeated.json()["error"]) == (400, "invalid_request")


async def test_the_key_set_holds_the_public_key_alone(gateway: RunningService) -> None:
    (key,) = (await gateway.client.get("/.well-known/jwks.json")).json()["keys"]
    assert key["crv"] == "Ed25519"
    assert "d" not in key


async def test_without_a_token_nobody(gateway: RunningService) -> None:
    answer = await gateway.client.get("/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "token-missing")
