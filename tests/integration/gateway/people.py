"""Officers and clients as the gateway's tests make them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from shared.bus.port import Message
from tests.fixtures.services import RunningService

COUNTY, TOWNSHIP, VILLAGE = "500229000000", "500229001000", "500229001001"
NEXT_DOOR = "500230000000"
PASSWORD = "青山-绿水-2016-七月"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
Json = dict[str, Any]


async def post(
    gateway: RunningService, path: str, body: Any = None, role: str = "county_officer", place: str = COUNTY
) -> httpx.Response:
    return await gateway.client.post(f"/v1{path}", json=body, headers=gateway.tokens.officer(role, place))


async def made(gateway: RunningService, path: str, body: Any, role: str = "county_officer") -> Json:
    answer = await post(gateway, path, body, role)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def appointed(gateway: RunningService, **changes: Any) -> Json:
    body = {"display_name": "王小明", "role": "township_officer", "division": TOWNSHIP, "login_name": "wangxm"}
    return await made(gateway, "/officers", body | changes)


async def registered(gateway: RunningService, **changes: Any) -> str:
    """The secret of the client ``county-office``."""
    body = {"id": "county-office", "name": "县政务平台", "role": "auditor", "division": COUNTY}
    asked = {"scopes": ["events:read"], "delegated_scopes": ["cases:decide", "cases:read", "tasks:read"]}
    return str((await made(gateway, "/api-clients", body | asked | changes))["secret"])


async def logged_in(gateway: RunningService, login_name: str, password: str) -> httpx.Response:
    return await gateway.client.post("/v1/sessions", json={"login_name": login_name, "password": password})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def officer_with_password(gateway: RunningService, **changes: Any) -> Json:
    """Appointed, with a password of their own; the officer's id, and a token of a session."""
    officer = await appointed(gateway, **changes)
    name = changes.get("login_name", "wangxm")
    first = (await logged_in(gateway, name, officer["initial_password"])).json()
    change = {"current_password": officer["initial_password"], "new_password": PASSWORD}
    headers = bearer(first["access_token"])
    answer = await gateway.client.put("/v1/me/password", json=change, headers=headers)
    assert answer.status_code == 204, answer.text
    session: Json = (await logged_in(gateway, name, PASSWORD)).json()
    return officer | {"token": session["access_token"]}


async def exchanged(gateway: RunningService, secret: str, subject: str, **more: str) -> httpx.Response:
    form = {
        "grant_type": EXCHANGE,
        "client_id": "county-office",
        "client_secret": secret,
        "subject_token": subject,
        "subject_token_type": ACCESS_TOKEN,
    }
    return await gateway.client.post("/oauth/token", data=form | more)


async def me(gateway: RunningService, token: str) -> httpx.Response:
    return await gateway.client.get("/v1/me", headers=bearer(token))


async def ended(gateway: RunningService, token: str) -> None:
    """By itself, without another word."""

    async def refused() -> bool:
        return (await me(gateway, token)).status_code == 401

    await until(refused)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(600):
        if await true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not within half a minute")


async def told(gateway: RunningService, number: int) -> list[Message]:
    """The first so many messages of the gateway's topic, in order."""
    found: list[Message] = []
    async with gateway.bus.subscribe("onlooker", ["jingzhun.gateway.v1"]) as subscription:
        async with asyncio.timeout(30):
            while len(found) < number:
                deliveries = await subscription.receive(100, 0.5)
                found += [delivery.message for delivery in deliveries]
                await subscription.acknowledge(deliveries)
    return found


def names_of(messages: list[Message]) -> list[str]:
    return [message.headers["ce_type"].split(".")[2] for message in messages]
