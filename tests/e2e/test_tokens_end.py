"""Tokens end in every process: of a revoked client, and of a key that was taken away; a new key is known by all."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import httpx
import jwt
import pytest
import pytest_asyncio

from services.topology import BY_NAME, SERVICES
from shared.auth.keys import KeyRing
from shared.embedded import discard
from tests.e2e.command_line import Place, command, free_port, serving
from tests.fixtures.services import Tokens

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
COUNTY = "500229000000"
UP = ("up", "--sandbox", "--processes", "--replicas", "notifications=2")
OF_EACH: Mapping[str, str] = MappingProxyType(
    {
        "gateway": "/v1/me",
        "households": "/v1/divisions",
        "identification": "/v1/cases",
        "notifications": "/v1/tasks",
        "audit": "/v1/events",
    }
)
CLIENT = {
    "id": "county-office",
    "name": "县政务平台",
    "role": "county_officer",
    "division": COUNTY,
    "scopes": ["cases:read", "divisions:read", "events:read", "tasks:read"],
}


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    yield Place(free_port(len(SERVICES) - 1), tmp_path / "data")
    await discard(tmp_path / "data" / "postgres")


async def test_revocations_and_keys_are_noticed_by_every_process(place: Place) -> None:
    async with serving(place, *UP), httpx.AsyncClient(base_url=place.url, timeout=60) as client:
        token = await _clients_token(place, client)
        assert await _statuses(place, client, token) == {200}
        answer = await client.post("/v1/api-clients/county-office/revocation", headers=_officer(place))
        assert answer.status_code == 200
        await _until(lambda: _all_refuse(place, client, token))
        asked = [await client.get("/v1/tasks", headers=_bearer(token)) for _ in range(20)]
        assert {each.status_code for each in asked} == {401}, "by the second replica too"

        old = await _printed(place, "token", "county_officer", "--division", COUNTY)
        assert "起签名" in await _printed(place, "keys", "rotate", "--minutes", "0")
        new = await _printed(place, "token", "county_officer", "--division", COUNTY)
        assert await _key_ids(client) >= {_key_id(old), _key_id(new)}
        assert _key_id(old) != _key_id(new)
        assert await _statuses(place, client, old) == await _statuses(place, client, new) == {200}
        assert (await client.get("/readyz")).status_code == 200, "services know each other's new keys"
        assert "未到期" in await _printed(place, "keys", "rotate", "--older-than", "90")

        await _printed(place, "keys", "rotate", "gateway", "--compromised")
        newest = await _printed(place, "token", "county_officer", "--division", COUNTY)
        await _until(lambda: _all_refuse(place, client, old))
        assert await _statuses(place, client, newest) == {200}
        assert await _key_ids(client) == {_key_id(newest)}

        given = ("--role", "auditor", "--division", COUNTY, "--delegated", "cases:read", "--scope", "events:read")
        form = {"grant_type": "client_credentials", "client_id": "province"}
        secret = await _printed(place, "client", "province", *given)
        assert (await client.post("/oauth/token", data=form | {"client_secret": secret})).json()[
            "scope"
        ] == "events:read"
        status, _, told = await command(place, "client", "province", *given)
        assert (status, "registered already" in told) == (1, True)

        named = ("--login", "yunwei", "--name", "李建国")
        password = (await _printed(place, "appoint", "operator", "--division", COUNTY, *named)).strip()
        login = {"login_name": "yunwei", "password": password}
        assert (await client.post("/v1/sessions", json=login)).json()["password_change_required"] is True
        status, _, told = await command(place, "appoint", "operator", "--division", COUNTY, *named)
        assert (status, "李建国" in told) == (1, False)


async def _clients_token(place: Place, client: httpx.AsyncClient) -> str:
    made = await client.post("/v1/api-clients", json=CLIENT, headers=_officer(place))
    assert made.status_code == 201, made.text
    form = {"grant_type": "client_credentials", "client_id": "county-office", "client_secret": made.json()["secret"]}
    return str((await client.post("/oauth/token", data=form)).json()["access_token"])


async def _statuses(place: Place, client: httpx.AsyncClient, token: str) -> set[int]:
    """Of each service, at its own port: what it says itself, not the gateway for it."""
    found = set()
    for service, path in OF_EACH.items():
        url = f"http://127.0.0.1:{place.port + BY_NAME[service].port_offset}{path}"
        found.add((await client.get(url, headers=_bearer(token))).status_code)
    return found


async def _all_refuse(place: Place, client: httpx.AsyncClient, token: str) -> bool:
    return await _statuses(place, client, token) == {401}


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(600):
        if await true():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("not within a minute")


async def _printed(place: Place, *words: str) -> str:
    status, output, errors = await command(place, *words)
    assert status == 0, errors
    return output.strip()


async def _key_ids(client: httpx.AsyncClient) -> set[str]:
    return {key["kid"] for key in (await client.get("/.well-known/jwks.json")).json()["keys"]}


def _key_id(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _officer(place: Place) -> dict[str, str]:
    return Tokens(KeyRing(place.data / "keys")).officer("county_officer", COUNTY)
