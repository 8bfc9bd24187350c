"""Started, stopped, killed and started again; and everything that a user may get wrong."""

import signal
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from services.topology import SERVICES
from services.wiring.system import databases_of
from shared.embedded import EmbeddedPostgres, discard
from shared.settings import Settings
from tests.e2e.command_line import Place, command, end, free_port, serving
from tests.fixtures.services import databases_gone_after

DAY = 86_400.0
UP = ("up", "--sandbox")


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    yield Place(free_port(), tmp_path / "data")
    if (tmp_path / "data" / "postgres").exists():
        await discard(tmp_path / "data" / "postgres")


async def _headers(place: Place) -> dict[str, str]:
    status, token, errors = await command(place, "token", "operator", "--division", "500229")
    assert (status, errors) == (0, "")
    assert len(token.split()) == 1
    return {"Authorization": f"Bearer {token.strip()}", "Idempotency-Key": "move"}


@pytest.mark.slow
async def test_a_system_survives_being_killed_and_ends_when_told(place: Place) -> None:
    async with serving(place, *UP) as process, httpx.AsyncClient(base_url=place.url, timeout=60) as client:
        assert (await client.get("/readyz")).json() == {"status": "ready"}
        headers = await _headers(place)
        moved = await client.post("/v1/sandbox/clock", json={"advance_days": 2}, headers=headers)
        assert moved.json()["offset_seconds"] == 2 * DAY
        assert (await client.get("/v1/sandbox/clock?wait=30", headers=headers)).json()["settled"]
        second, _, told = await command(place, *UP)
        assert second == 1
        assert str(process.pid) in told
        assert await end(process, signal.SIGKILL) == -signal.SIGKILL
    async with serving(place, *UP) as process, httpx.AsyncClient(base_url=place.url, timeout=60) as client:
        kept = (await client.get("/v1/sandbox/clock?wait=30", headers=headers)).json()
        assert (kept["offset_seconds"], kept["settled"]) == (2 * DAY, True)
        again = await client.post("/v1/sandbox/clock", json={"advance_days": 2}, headers=headers)
        assert (again.json()["offset_seconds"], again.headers["idempotency-replayed"]) == (2 * DAY, "true")
        status, events, _ = await command(place, "events", "tail")
        assert status == 0
        assert events.count("policy_clock_advanced") == 1
        status, flow, _ = await command(place, "event-flow")
        assert status == 0
        assert all(name in flow for name in ("jingzhun.gateway.v1", "notifications", "死信 Dead"))
        status, secret, _ = await command(place, "client", "civil", "--role", "auditor", "--division", "500229")
        form = {"grant_type": "client_credentials", "client_id": "civil", "client_secret": secret.strip()}
        assert (await client.post("/oauth/token", data=form)).status_code == 200
        for path in (
            "/openapi.json",
            "/asyncapi.json",
            "/metrics",
            "/docs",
            "/redoc",
            "/asyncapi",
            "/asyncapi/page.css",
        ):
            assert (await client.get(path)).status_code == 200
        assert await end(process, signal.SIGTERM) == 0


@pytest.mark.slow
async def test_a_service_in_a_process_of_its_own(place: Place) -> None:
    own = free_port()
    async with serving(place, *UP) as process, serving(place, "serve", "households", "--listen", str(own)) as other:
        headers = await _headers(place)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{own}", timeout=60) as client:
            assert (await client.get("/readyz")).json() == {"status": "ready", "service": "households"}
            assert (await client.get("/v1/divisions", headers=headers)).status_code == 200
        assert await end(other, signal.SIGINT) == 0
        assert await end(process, signal.SIGINT) == 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("token", "king", "--division", "500229"), "county_officer"),
        (("token", "auditor", "--division", "50022"), "50022"),
        (("token", "auditor", "--division", "500229"), "jingzhun up --sandbox"),
        (("serve", "kitchen"), "identification"),
        (("serve", "households"), "JINGZHUN_DATABASE_SERVER"),
        (("season",), "jingzhun up --sandbox"),
        (("up", "--port", "70000"), "65535"),
    ],
)
async def test_a_mistake_is_told_in_both_languages(place: Place, words: tuple[str, ...], named: str) -> None:
    status, _, told = await command(place, *words)
    assert status == 1
    assert named in told
    assert "Traceback" not in told
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told)


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("JINGZHUN_SERVICE_URLS", '{"kitchen": "http://127.0.0.1:8009"}', "kitchen"),
        ("JINGZHUN_SERVICE_URLS", '{"audit": []}', "http://b:8004"),
        ("JINGZHUN_SERVICE_URLS", '{"audit": "127.0.0.1:8004"}', "http://b:8004"),
        ("JINGZHUN_SERVICE_URLS", "http://127.0.0.1:8004", "JSON"),
        ("JINGZHUN_LOG_LEVEL", "loud", "'warning'"),
        ("JINGZHUN_DATABASE_CONNECTIONS", "none", "JINGZHUN_DATABASE_CONNECTIONS"),
        ("REPLICAS", "gateway=2", "identification"),
    ],
)
async def test_a_setting_that_is_wrong_is_named_with_what_is_allowed(
    place: Place, name: str, value: str, named: str
) -> None:
    status, _, told = await command(replace(place, more={name: value}), *UP)
    assert status == 1
    assert named in told
    assert "Traceback" not in told
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told)


@pytest.mark.slow
async def test_a_database_without_its_tables_is_not_served(place: Place, database_server: EmbeddedPostgres) -> None:
    elsewhere = replace(place, more={"JINGZHUN_DATABASE_SERVER": database_server.dsn("postgres")})
    async with databases_gone_after(database_server):
        for _ in range(2):
            status, _, told = await command(elsewhere, "serve", "notifications")
            assert status == 1
            assert "jingzhun migrate" in told
            assert "notifications" in told
            await databases_of(Settings(data=place.data), database_server).create(["notifications"])


@pytest.mark.parametrize(("words", "beside"), [(UP, 0), ((*UP, "--processes"), 0), ((*UP, "--processes"), 4)])
async def test_a_port_that_is_taken(tmp_path: Path, words: tuple[str, ...], beside: int) -> None:
    place = Place(free_port(len(SERVICES) - 1), tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", place.port + beside))
        taken.listen()
        status, _, told = await command(place, *words)
    assert status == 1
    assert f"127.0.0.1:{place.port + beside}" in told
    assert "--port" in told


async def test_a_system_in_earnest_is_no_sandbox(place: Place) -> None:
    place.data.mkdir()
    (place.data / "kind").write_text("production")
    for words in (("token", "auditor", "--division", "500229"), UP, ("season",)):
        status, _, told = await command(place, *words)
        assert status == 1
        assert "sandbox" in told
