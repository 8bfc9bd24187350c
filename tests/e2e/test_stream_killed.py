"""A stream of a thousand events a second, while what serves it is killed: each event once, in the archive's order."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import aiohttp
import httpx
import pytest
import pytest_asyncio

from services.topology import SERVICES
from services.wiring.databases import BUS
from services.wiring.servers import running_embedded
from services.wiring.system import databases_of
from shared.auth.keys import KeyRing
from shared.bus.port import BusUnavailable
from shared.bus.postgres import PostgresBus
from shared.embedded import discard
from shared.events.gateway import OfficerAppointed
from shared.settings import Settings
from tests.e2e.command_line import Place, end, free_port, serving
from tests.e2e.members import kill, members
from tests.fixtures.eventstreams import event_source
from tests.fixtures.happenings import happened, message_of
from tests.fixtures.services import Tokens

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
EVERYWHERE = "500000000000"
RATE, SECONDS = 1_000, 12
_TYPE = "officer_appointed"
_TICK_SECONDS = 0.05


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    yield Place(free_port(len(SERVICES) - 1), tmp_path / "data")
    await discard(tmp_path / "data" / "postgres")


class Flow:
    """Publishes a thousand events a second, whatever happens; what the bus could not take it gives again."""

    def __init__(self, place: Place) -> None:
        events = [
            happened(OfficerAppointed(officer_id=uuid4(), role="auditor"), division="") for _ in range(RATE * SECONDS)
        ]
        self.ids = [str(event.envelope.id) for event in events]
        self.published = 0
        self._messages = [message_of(event) for event in events]
        self._settings = Settings(data=place.data)

    async def run(self) -> None:
        clock = asyncio.get_running_loop().time
        began = clock()
        while self.published < len(self._messages):
            due = min(len(self._messages), int((clock() - began) * RATE))
            with suppress(BusUnavailable, OSError):
                async with self._bus() as bus:
                    while self.published < due:
                        batch = self._messages[self.published : min(due, self.published + RATE // 10)]
                        await bus.publish(batch)
                        self.published += len(batch)
            await asyncio.sleep(_TICK_SECONDS)

    @asynccontextmanager
    async def _bus(self) -> AsyncIterator[PostgresBus]:
        """Wherever the database's server stands now."""
        bus = PostgresBus(databases_of(self._settings, running_embedded(self._settings.data)).dsn(BUS))
        try:
            yield bus
        finally:
            await bus.close()


class Reader:
    """Connects with its last id whenever a stream ends, however it ends."""

    def __init__(self, place: Place) -> None:
        self.seen: list[str] = []
        self.connections = 0
        self._place = place
        self._last_id = ""

    async def read(self, number: int) -> None:
        headers = Tokens(KeyRing(self._place.data / "keys")).officer("operator", EVERYWHERE)
        while len(self.seen) < number:
            last = {"Last-Event-ID": self._last_id} if self._last_id else {}
            with suppress(aiohttp.ClientConnectionError):
                async with event_source(f"{self._place.url}/v1/events/stream", headers | last, type=_TYPE) as source:
                    if source.answer.status == 200:
                        self.connections += 1
                        async for message in source.messages():
                            if message.event == "closed":
                                break
                            self._last_id = message.id
                            self.seen.append(message.json["id"])
                            if len(self.seen) == number:
                                return
                    else:
                        assert source.answer.status in {502, 503}, await source.answer.text()
            await asyncio.sleep(_TICK_SECONDS)

    async def reached(self, share: float) -> None:
        """So much of all has been seen."""
        while True:
            if len(self.seen) >= share * RATE * SECONDS:
                return
            await asyncio.sleep(_TICK_SECONDS)


async def _archive(place: Place) -> list[str]:
    headers = Tokens(KeyRing(place.data / "keys")).officer("operator", EVERYWHERE)
    found: list[str] = []
    async with httpx.AsyncClient(base_url=place.url, headers=headers, timeout=60) as client:
        after: dict[str, str] = {}
        while True:
            page = (await client.get("/v1/events", params={"type": _TYPE, "limit": 1000} | after)).json()
            if not page["items"]:
                return found
            found += [item["id"] for item in page["items"]]
            after = {"after": page["next"]}


async def _seen_once(flow: Flow, reading: "asyncio.Task[None]", reader: Reader, place: Place) -> None:
    await reading
    assert len(reader.seen) == len(set(reader.seen)) == len(flow.ids)
    assert reader.seen == await _archive(place)
    assert reader.connections >= 3


async def test_the_whole_system_is_killed_and_started_again(place: Place) -> None:
    async with serving(place, "up", "--sandbox") as system:
        flow, reader = Flow(place), Reader(place)
        flowing, reading = asyncio.create_task(flow.run()), asyncio.create_task(reader.read(len(flow.ids)))
        await reader.reached(1 / 3)
        await _kill_outright(system)
    async with serving(place, "up", "--sandbox") as system:
        await reader.reached(2 / 3)
        await _kill_outright(system)
    async with serving(place, "up", "--sandbox") as system:
        await flowing
        await _seen_once(flow, reading, reader, place)
        assert await end(system, signal.SIGTERM) == 0


async def _kill_outright(system: asyncio.subprocess.Process) -> None:
    database = members(system.pid)
    os.kill(system.pid, signal.SIGKILL)
    for process in database:
        with process:
            assert await process.ended(120)


async def test_audit_and_gateway_are_killed_beside_a_database_that_lives(place: Place) -> None:
    up = ("up", "--sandbox", "--processes", "--replicas", "audit=2")
    async with serving(place, *up) as supervisor:
        flow, reader = Flow(place), Reader(place)
        flowing, reading = asyncio.create_task(flow.run()), asyncio.create_task(reader.read(len(flow.ids)))
        for share, service in ((0.2, "audit"), (0.4, "gateway"), (0.6, "audit"), (0.8, "audit")):
            await reader.reached(share)
            await kill(members(supervisor.pid, service)[:1])
        await flowing
        await _seen_once(flow, reading, reader, place)
        assert await end(supervisor, signal.SIGTERM) == 0
