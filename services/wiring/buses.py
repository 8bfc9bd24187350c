"""The bus that the settings choose."""

from services.topology import TOPICS
from services.wiring.databases import BUS, Databases
from shared.bus.port import Bus
from shared.bus.postgres import PostgresBus
from shared.settings import Settings


def bus_of(settings: Settings, databases: Databases) -> Bus:
    return PostgresBus(databases.dsn(BUS))


def databases_beside(settings: Settings) -> list[str]:
    """The owners of databases that are no service's: the log in PostgreSQL has one of its own."""
    return [BUS]


async def declare_topics(settings: Settings, databases: Databases) -> None:
    """Raises ``TopicMismatch``, ``BusUnavailable``."""
    bus = bus_of(settings, databases)
    try:
        await bus.declare(TOPICS)
    finally:
        await bus.close()
