"""Every test runs over every adapter: a bus of its own, and databases of its own for sender and receiver."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.bus.port import Bus
from shared.database.database import Database
from tests.conformance.adapters import ADAPTERS, Adapter
from tests.conformance.server import Server
from tests.conformance.service import DEAD_LETTERS, RECEIVER, SENDER, SHARDS, TOPIC, create_service, opened


@pytest.fixture(scope="session")
async def conformance_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    server = Server(tmp_path_factory.mktemp("conformance"))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(params=ADAPTERS)
def adapter_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def adapter(adapter_name: str) -> Adapter:
    return ADAPTERS[adapter_name]


@pytest.fixture
async def bus_address(adapter: Adapter, conformance_server: Server) -> str:
    return await adapter.prepare(conformance_server)


@pytest.fixture
async def bus(adapter: Adapter, bus_address: str) -> AsyncIterator[Bus]:
    bus = adapter.connect(bus_address)
    await bus.declare({TOPIC: SHARDS, DEAD_LETTERS: 1})
    yield bus
    await bus.close()


@pytest.fixture
async def other_bus(adapter: Adapter, bus: Bus, bus_address: str) -> AsyncIterator[Bus]:
    """The same bus as another process reaches it."""
    other = adapter.connect(bus_address)
    yield other
    await other.close()


@pytest.fixture
async def sender(conformance_server: Server) -> AsyncIterator[Database]:
    async with opened(SENDER, await create_service(conformance_server, SENDER)) as database:
        yield database


@pytest.fixture
async def receiver(conformance_server: Server) -> AsyncIterator[Database]:
    async with opened(RECEIVER, await create_service(conformance_server, RECEIVER)) as database:
        yield database


@pytest.fixture
async def private_server(tmp_path: Path) -> AsyncIterator[Server]:
    """A server that the test may stop."""
    server = Server(tmp_path)
    await server.start()
    yield server
    await server.stop()
