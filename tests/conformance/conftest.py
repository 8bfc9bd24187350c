"""Every test runs over every adapter: a bus of its own, and databases of its own for sender and receiver."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from shared.bus.port import Bus
from shared.database.database import Database
from shared.embedded import EmbeddedPostgres
from tests.conformance.adapters import ADAPTERS, Adapter, KafkaAdapter
from tests.conformance.server import Databases, Server
from tests.conformance.service import ANSWERS, DEAD_LETTERS, RECEIVER, SENDER, SHARDS, TOPIC, create_service, opened
from tests.conformance.worker import Assignment
from tests.fixtures.kafka import new_prefix


@pytest.fixture(autouse=True)
def uninterrupted(request: pytest.FixtureRequest) -> Iterator[None]:
    """Background work outlives its own mistakes, so a mistake would pass unseen: only outages may interrupt it."""
    with capture_logs() as logs:
        yield
    interruptions = [entry for entry in logs if entry["event"] == "interrupted"]
    assert not interruptions or "expects_outages" in request.fixturenames


@pytest.fixture
def expects_outages() -> None:
    """Requested by tests that take something away."""


@pytest.fixture
def databases(database_server: EmbeddedPostgres) -> Databases:
    return Databases(database_server.dsn)


@pytest.fixture(params=["postgres", pytest.param("kafka", marks=pytest.mark.kafka)])
def adapter_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def adapter(adapter_name: str) -> Adapter:
    return ADAPTERS[adapter_name]


@pytest.fixture
def kafka_address(adapter_name: str, request: pytest.FixtureRequest) -> str | None:
    """Of a part of the run's broker that is this test's own; the broker starts at first need."""
    if adapter_name != "kafka":
        return None
    return KafkaAdapter.address(request.getfixturevalue("kafka_bootstrap"), new_prefix())


@pytest.fixture
async def bus_address(adapter: Adapter, databases: Databases, kafka_address: str | None) -> AsyncIterator[str]:
    """A new, empty bus."""
    address = kafka_address or await databases.create("bus")
    yield address
    await adapter.discard(address)


@pytest.fixture
async def bus(adapter: Adapter, bus_address: str) -> AsyncIterator[Bus]:
    bus = adapter.connect(bus_address)
    await bus.declare({TOPIC: SHARDS, DEAD_LETTERS: 1, ANSWERS: 1})
    yield bus
    await bus.close()


@pytest.fixture
async def other_bus(adapter: Adapter, bus: Bus, bus_address: str) -> AsyncIterator[Bus]:
    """The same bus as another process reaches it."""
    other = adapter.connect(bus_address)
    yield other
    await other.close()


@pytest.fixture
async def sender(databases: Databases) -> AsyncIterator[Database]:
    async with opened(SENDER, await create_service(databases, SENDER)) as database:
        yield database


@pytest.fixture
async def receiver(databases: Databases) -> AsyncIterator[Database]:
    async with opened(RECEIVER, await create_service(databases, RECEIVER)) as database:
        yield database


@pytest.fixture
async def private_server(tmp_path: Path) -> AsyncIterator[Server]:
    """A server that the test may stop."""
    server = Server(tmp_path)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def relaying(adapter_name: str, bus_address: str, sender: Database, bus: Bus) -> Assignment:
    return Assignment("relay", SENDER, sender.dsn, adapter_name, bus_address)


@pytest.fixture
def consuming(adapter_name: str, bus_address: str, receiver: Database, bus: Bus) -> Assignment:
    return Assignment("consumer", RECEIVER, receiver.dsn, adapter_name, bus_address)
