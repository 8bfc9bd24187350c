"""A system acts for an officer (RFC 8693): with the officer's token in hand, and never wider than either of them."""

from typing import Any

import jwt
import pytest

from services.gateway.service import DEFINITION
from shared.clock import system_now
from tests.fixtures.services import RunningService, ServiceStarter
from tests.integration.gateway.people import (
    ACCESS_TOKEN,
    NEXT_DOOR,
    TOWNSHIP,
    VILLAGE,
    bearer,
    ended,
    exchanged,
    me,
    officer_with_password,
    post,
    registered,
)
from tests.unit.auth.issuer import small_issuer


async def _client_token(gateway: RunningService, secret: str, client_id: str = "county-office") -> str:
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return str((await gateway.client.post("/oauth/token", data=form)).json()["access_token"])


async def test_the_officer_is_the_subject_and_the_system_the_actor(gateway: RunningService) -> None:
    secret, officer = await registered(gateway), await officer_with_password(gateway)
    answer = await exchanged(gateway, secret, officer["token"])
    granted = answer.json()
    assert (answer.status_code, granted["issued_token_type"], granted["token_type"]) == (200, ACCESS_TOKEN, "Bearer")
    assert granted["scope"] == "cases:decide cases:read tasks:read"
    seen = (await me(gateway, granted["access_token"])).json()
    assert seen == {
        "subject": officer["id"],
        "officer_id": officer["id"],
        "client_id": "county-office",
        "act": {"sub": "county-office"},
        "role": "township_officer",
        "division": TOWNSHIP,
        "scopes": ["cases:decide", "cases:read", "tasks:read"],
    }


async def test_scopes_and_area_are_what_all_have_in_common(gateway: RunningService) -> None:
    secret = await registered(gateway, division=VILLAGE)
    officer = await officer_with_password(gateway)
    granted = (await exchanged(gateway, secret, officer["token"], scope="cases:read policies:write")).json()
    assert granted["scope"] == "cases:read"
    assert (await me(gateway, granted["access_token"])).json()["division"] == VILLAGE
    nothing = await exchanged(gateway, secret, officer["token"], scope="policies:write")
    assert (nothing.status_code, nothing.json()["error"]) == (400, "invalid_scope")


async def test_areas_that_are_disjoint(gateway: RunningService) -> None:
    secret = await registered(gateway)
    subject = gateway.tokens.of("township_officer", NEXT_DOOR)
    answer = await exchanged(gateway, secret, subject)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_it_ends_with_the_officers_token(gateway: RunningService) -> None:
    secret, subject = await registered(gateway), gateway.tokens.of("township_officer", TOWNSHIP)
    granted = (await exchanged(gateway, secret, subject)).json()
    ends = [jwt.decode(each, options={"verify_signature": False})["exp"] for each in (subject, granted["access_token"])]
    assert ends[1] <= ends[0]
    assert granted["expires_in"] <= ends[0] - system_now().timestamp() + 1
    await gateway.client.delete("/v1/sessions/current", headers=bearer(subject))
    await ended(gateway, granted["access_token"])


async def test_a_suspended_officer_and_a_revoked_client_take_it_with_them(gateway: RunningService) -> None:
    secret, officer = await registered(gateway), await officer_with_password(gateway)
    first = (await exchanged(gateway, secret, officer["token"])).json()["access_token"]
    sandbox = (await exchanged(gateway, secret, gateway.tokens.of("township_officer", TOWNSHIP))).json()
    await post(gateway, f"/officers/{officer['id']}/suspension")
    await ended(gateway, first)
    assert (await exchanged(gateway, secret, officer["token"])).json()["error"] == "invalid_request"
    assert (await me(gateway, sandbox["access_token"])).status_code == 200
    await post(gateway, "/api-clients/county-office/revocation", None, "operator")
    await ended(gateway, sandbox["access_token"])


async def test_a_token_that_opens_only_its_password_is_exchanged_for_nothing(gateway: RunningService) -> None:
    secret = await registered(gateway)
    answer = await post(
        gateway,
        "/officers",
        {"display_name": "某", "role": "helper", "division": VILLAGE, "login_name": "somebody"},
    )
    login = {"login_name": "somebody", "password": answer.json()["initial_password"]}
    session = (await gateway.client.post("/v1/sessions", json=login)).json()
    refused = await exchanged(gateway, secret, session["access_token"])
    assert refused.json()["error"] == "invalid_scope"


async def test_what_a_system_has_been_given_is_not_passed_on(gateway: RunningService) -> None:
    secret, officer = await registered(gateway), await officer_with_password(gateway)
    other = await registered(gateway, id="other-office")
    granted = (await exchanged(gateway, secret, officer["token"])).json()["access_token"]
    answer = await exchanged(gateway, other, granted, client_id="other-office")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    answer = await exchanged(gateway, secret, await _client_token(gateway, secret))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_the_actor_named_besides_must_be_the_client(gateway: RunningService) -> None:
    secret, subject = await registered(gateway), gateway.tokens.of("township_officer", TOWNSHIP)
    other = await registered(gateway, id="other-office")
    named = {"actor_token_type": ACCESS_TOKEN}
    mine = await exchanged(gateway, secret, subject, actor_token=await _client_token(gateway, secret), **named)
    assert mine.status_code == 200
    theirs = await _client_token(gateway, other, "other-office")
    for actor in (theirs, subject, "x.y.z"):
        refused = await exchanged(gateway, secret, subject, actor_token=actor, **named)
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")
    alone = await exchanged(gateway, secret, subject, actor_token=theirs)
    assert alone.json()["error"] == "invalid_request"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"subject_token": ""}, "invalid_request"),
        ({"subject_token": "x.y.z"}, "invalid_request"),
        ({"subject_token_type": ""}, "invalid_request"),
        ({"subject_token_type": "urn:ietf:params:oauth:token-type:saml2"}, "invalid_request"),
        ({"requested_token_type": "urn:ietf:params:oauth:token-type:refresh_token"}, "invalid_request"),
        ({"audience": "households"}, "invalid_target"),
        ({"resource": "https://elsewhere.example/"}, "invalid_target"),
        ({"client_secret": "wrong"}, "invalid_client"),
    ],
)
async def test_what_is_refused(gateway: RunningService, changes: dict[str, Any], error: str) -> None:
    secret, subject = await registered(gateway), gateway.tokens.of("township_officer", TOWNSHIP)
    answer = await exchanged(gateway, secret, subject, **changes)
    assert answer.json()["error"] == error
    assert subject not in answer.text


async def test_a_client_that_is_not_registered_for_it(gateway: RunningService) -> None:
    secret = await registered(gateway, delegated_scopes=[])
    answer = await exchanged(gateway, secret, gateway.tokens.of("township_officer", TOWNSHIP))
    assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")
    only = await registered(gateway, id="other-office", scopes=[])
    form = {"grant_type": "client_credentials", "client_id": "other-office", "client_secret": only}
    answer = await gateway.client.post("/oauth/token", data=form)
    assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")


async def test_the_officer_may_come_from_the_trusted_issuer(running_service: ServiceStarter) -> None:
    async with small_issuer() as issuer, running_service(DEFINITION, oidc_issuer=issuer.url) as gateway:
        secret = await registered(gateway)
        answer = await exchanged(gateway, secret, issuer.token("first"))
        seen = (await me(gateway, answer.json()["access_token"])).json()
        assert (seen["role"], seen["act"]) == ("township_officer", {"sub": "county-office"})
        direct = (await me(gateway, issuer.token("first"))).json()
        assert (direct["officer_id"], direct["act"]) == (seen["officer_id"], None)


async def test_the_same_key_of_the_officer_and_of_the_system_are_two_commands(gateway: RunningService) -> None:
    secret = await registered(gateway, delegated_scopes=["tasks:read"])
    subject = gateway.tokens.of("township_officer", TOWNSHIP)
    granted = (await exchanged(gateway, secret, subject)).json()["access_token"]
    principals = [gateway.context.verifier.verify(each).caller for each in (subject, granted)]
    assert principals[1] == f"{principals[0]} by county-office"
    assert (await me(gateway, granted)).status_code == 200
