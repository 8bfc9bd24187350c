"""What a client finds out by itself, what it can end, and what happens to those who guess."""

import asyncio
from typing import Any

import pytest

from services.gateway.throttling.store import sweep
from tests.fixtures.services import RunningService
from tests.integration.gateway.people import COUNTY, TOWNSHIP, bearer, ended, exchanged, me, registered

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def _token(gateway: RunningService, secret: str, **more: str) -> Any:
    form = {"grant_type": "client_credentials", "client_id": "county-office", "client_secret": secret}
    return await gateway.client.post("/oauth/token", data=form | more)


async def _revoke(gateway: RunningService, secret: str, token: str, **more: str) -> Any:
    form = {"token": token, "client_id": "county-office", "client_secret": secret}
    return await gateway.client.post("/oauth/revoke", data=form | more)


async def test_the_metadata_leads_to_endpoints_that_answer(gateway: RunningService) -> None:
    answer = await gateway.client.get("/.well-known/oauth-authorization-server")
    metadata = answer.json()
    assert metadata["issuer"] == "http://jingzhun.test"
    secret = await registered(gateway)
    basic = ("county-office", secret)
    token = await gateway.client.post(metadata["token_endpoint"], data={"grant_type": "client_credentials"}, auth=basic)
    assert token.status_code == 200
    revoked = await gateway.client.post(
        metadata["revocation_endpoint"], data={"token": token.json()["access_token"]}, auth=basic
    )
    assert revoked.status_code == 200
    assert (await gateway.client.get(metadata["jwks_uri"])).json()["keys"]
    assert "cases:decide" in metadata["scopes_supported"]
    assert all("refresh" not in each and "password" not in each for each in metadata["grant_types_supported"])


async def test_a_client_ends_its_own_tokens(gateway: RunningService) -> None:
    secret = await registered(gateway)
    tokens = [(await _token(gateway, secret)).json()["access_token"] for _ in range(2)]
    answer = await _revoke(gateway, secret, tokens[0], token_type_hint="access_token")
    assert (answer.status_code, answer.content) == (200, b"")
    await ended(gateway, tokens[0])
    assert (await me(gateway, tokens[1])).status_code == 200
    assert (await _revoke(gateway, secret, tokens[0])).status_code == 200, "revoked already"


async def test_nobody_ends_anothers_token(gateway: RunningService) -> None:
    secret, other = await registered(gateway), await registered(gateway, id="other-office")
    token = (await _token(gateway, secret)).json()["access_token"]
    refused = await _revoke(gateway, other, token, client_id="other-office")
    assert (refused.status_code, refused.json()["error"]) == (400, "unauthorized_client")
    officers = gateway.tokens.of("auditor", COUNTY)
    assert (await _revoke(gateway, secret, officers)).json()["error"] == "unauthorized_client"
    wrong = await _revoke(gateway, "wrong", token)
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    assert (await me(gateway, token)).status_code == 200


async def test_an_exchanged_token_can_be_ended_by_its_client(gateway: RunningService) -> None:
    secret, subject = await registered(gateway), gateway.tokens.of("township_officer", TOWNSHIP)
    granted = (await exchanged(gateway, secret, subject)).json()["access_token"]
    assert (await _revoke(gateway, secret, granted)).status_code == 200
    await ended(gateway, granted)
    assert (await me(gateway, subject)).status_code == 200


@pytest.mark.parametrize("token", ["", "x.y.z", "a" * 20_000])
async def test_what_is_no_token_is_revoked_already(gateway: RunningService, token: str) -> None:
    secret = await registered(gateway)
    answer = await _revoke(gateway, secret, token)
    assert answer.status_code == (200 if token else 400)


@pytest.mark.parametrize(
    "body",
    [
        b"grant_type=client_credentials&grant_type=client_credentials",
        b"grant_type=%ff%fe",
        "grant_type=é".encode(),
        b"a=1&" * 100,
        b"grant_type=" + b"x" * 100_000,
        b"",
        b"&&&==",
        b"\0",
    ],
)
async def test_forms_that_are_wrong(gateway: RunningService, body: bytes) -> None:
    for path in ("/oauth/token", "/oauth/revoke"):
        answer = await gateway.client.post(path, content=body, headers=FORM)
        assert answer.status_code in {400, 401}
        assert answer.json()["error"] in {"invalid_request", "unsupported_grant_type", "invalid_client"}


@pytest.mark.parametrize("credentials", ["", "x", "w6k=", "Y2xpZW50", "OnNlY3JldA==", "AAAA", "////"])
async def test_basic_authorization_that_is_wrong(gateway: RunningService, credentials: str) -> None:
    headers = FORM | {"authorization": f"Basic {credentials}"}
    answer = await gateway.client.post("/oauth/token", content="grant_type=client_credentials", headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")


async def test_a_client_that_names_itself_twice(gateway: RunningService) -> None:
    secret = await registered(gateway)
    form = {"grant_type": "client_credentials", "client_secret": secret}
    answer = await gateway.client.post("/oauth/token", data=form, auth=("county-office", secret))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_guessing_a_secret_becomes_slow_also_when_all_guesses_come_at_once(gateway: RunningService) -> None:
    secret = await registered(gateway)
    assert (await _token(gateway, secret)).status_code == 200
    answers = await asyncio.gather(*(_token(gateway, f"guess {n}", client_id="other") for n in range(30)))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(401) <= 11
    slowed = next(answer for answer in answers if answer.status_code == 429)
    assert slowed.json()["error"] == "slow_down"
    assert int(slowed.headers["retry-after"]) >= 1
    assert (await _token(gateway, secret)).status_code == 200, "known at this address, whoever else guesses here"


async def test_a_token_in_the_wrong_place_opens_nothing(gateway: RunningService) -> None:
    inner = gateway.tokens.service("households", "gateway")
    assert (await gateway.client.get("/v1/me", headers=inner)).json()["code"] == "token-invalid"
    asked = await gateway.client.post("/internal/revocations", json={"known": ""}, headers=inner)
    assert asked.json()["revoked"] == {}
    own = bearer(gateway.tokens.of("operator", COUNTY))
    refused = await gateway.client.post("/internal/revocations", json={"known": ""}, headers=own)
    assert (refused.status_code, refused.json()["code"]) == (401, "token-invalid")
    assert (await gateway.client.post("/internal/revocations", json={"known": ""})).status_code == 401


async def test_failures_of_a_day_ago_are_forgotten_and_who_is_known_stays_known(gateway: RunningService) -> None:
    secret = await registered(gateway)
    await _token(gateway, secret)
    await _token(gateway, "guess", client_id="other-office")
    pool = gateway.context.database.pool
    before = await pool.fetchval("SELECT count(*) FROM login_attempts")
    async with gateway.context.database.transaction() as transaction:
        await sweep(transaction)
    assert await pool.fetchval("SELECT count(*) FROM login_attempts") == before == 5
    await pool.execute("UPDATE login_attempts SET tried_at = tried_at - interval '25 hours'")
    async with gateway.context.database.transaction() as transaction:
        await sweep(transaction)
    (kept,) = await pool.fetch("SELECT * FROM login_attempts")
    assert kept["known_until"] is not None
