"""One process for each service: one dies and comes back, all end when told, none outlives the one that started them."""

import asyncio
import hashlib
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from services.topology import BY_NAME, SERVICES
from shared.auth.keys import KeyRing
from shared.embedded import discard
from tests.e2e.command_line import Place, command, end, free_port, serving
from tests.e2e.members import LIMIT_SECONDS, kill, members
from tests.fixtures.services import Tokens

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
COUNTY = "500229000000"
UP = ("up", "--sandbox", "--processes", "--replicas", "notifications=2")


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    yield Place(free_port(len(SERVICES) - 1), tmp_path / "data")
    await discard(tmp_path / "data" / "postgres")


async def test_a_service_that_dies_comes_back_and_none_outlives_the_supervisor(place: Place) -> None:
    async with serving(place, *UP) as supervisor, _client(place) as client:
        headers = _headers(place, "county_officer")
        status, _, told = await command(place, *UP)
        assert (status, str(supervisor.pid) in told) == (1, True)
        supervisor.send_signal(signal.SIGSTOP)  # so that nobody starts again what dies now
        await kill(members(supervisor.pid, "notifications")[:1])
        assert (await client.get("/v1/tasks", headers=headers)).status_code == 200
        assert (await client.get("/readyz")).json() == {"status": "ready"}
        await kill(members(supervisor.pid, "notifications"))
        down = await client.get("/v1/tasks", headers=headers)
        assert (down.status_code, down.json()["code"], down.headers["retry-after"]) == (503, "service-unavailable", "1")
        unready = await client.get("/readyz")
        assert unready.status_code == 503
        assert unready.json()["services"] == {"notifications": "没有应答 · does not answer"}
        assert unready.json()["reason"] == "notifications: 没有应答 · does not answer"
        for path in ("/healthz", "/v1/divisions", "/v1/cases", "/v1/events", "/v1/me"):
            assert (await client.get(path, headers=headers)).status_code == 200
        supervisor.send_signal(signal.SIGCONT)
        await _until_ready(client)
        assert (await client.get("/v1/tasks", headers=headers)).status_code == 200
        await _none_outlives(supervisor, place)


async def test_what_is_under_way_at_the_end_is_done_or_never_was(place: Place) -> None:
    async with serving(place, *UP) as supervisor, AsyncExitStack() as stack:
        client = await stack.enter_async_context(_client(place))
        finished, broken = Upload(b"finished"), Upload(b"broken off")
        sending = asyncio.create_task(finished.send(client, _headers(place, "village_cadre")))
        hanging = asyncio.create_task(broken.send(client, _headers(place, "village_cadre")))
        await _received(place, 2)
        supervisor.send_signal(signal.SIGTERM)
        await _shut(place)
        finished.go_on.set()
        assert (await sending).status_code == 201
        assert await asyncio.wait_for(supervisor.wait(), LIMIT_SECONDS) == 0
        broken.go_on.set()
        outcome = (await asyncio.gather(hanging, return_exceptions=True))[0]
        assert isinstance(outcome, httpx.HTTPError) or outcome.is_server_error
    async with serving(place, *UP) as supervisor, _client(place) as client:
        headers = _headers(place, "village_cadre")
        assert (await client.get(f"/v1/evidence/{finished.digest}", headers=headers)).content == finished.content
        assert (await client.get(f"/v1/evidence/{broken.digest}", headers=headers)).status_code == 404
        assert await end(supervisor, signal.SIGINT) == 0


class Upload:
    """Evidence whose second half is sent when it may ``go_on``."""

    def __init__(self, content: bytes) -> None:
        self.content = content * 2
        self.digest = hashlib.sha256(self.content).hexdigest()
        self.go_on = asyncio.Event()

    async def send(self, client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
        return await client.post(
            "/v1/evidence", content=self._halves(), headers=headers | {"content-type": "text/plain"}
        )

    async def _halves(self) -> AsyncIterator[bytes]:
        half = len(self.content) // 2
        yield self.content[:half]
        await self.go_on.wait()
        yield self.content[half:]


def _client(place: Place) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=place.url, timeout=60)


def _headers(place: Place, role: str) -> dict[str, str]:
    return Tokens(KeyRing(place.data / "keys")).officer(role, COUNTY)


async def _none_outlives(supervisor: asyncio.subprocess.Process, place: Place) -> None:
    """Killed outright, it takes services and database along."""
    server = int((place.data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
    children = members(supervisor.pid)
    assert len(children) >= len(BY_NAME) + 1
    assert server in {child.pid for child in children}
    os.kill(supervisor.pid, signal.SIGKILL)
    for child in children:
        with child:
            assert await child.ended(LIMIT_SECONDS)


async def _until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.05)


async def _until_ready(client: httpx.AsyncClient) -> None:
    async def ready() -> bool:
        return (await client.get("/readyz")).status_code == 200

    await _until(ready)


async def _received(place: Place, uploads: int) -> None:
    """The first halves have reached the service."""

    async def here() -> bool:
        return len(list((place.data / "evidence" / "incoming").glob("*"))) == uploads

    await _until(here)


async def _shut(place: Place) -> None:
    """Nobody opens at the gateway's door."""

    async def refused() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", place.port)
        except ConnectionRefusedError:
            return True
        writer.close()
        return False

    await _until(refused)
