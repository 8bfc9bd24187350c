"""The bus that the settings choose."""

from datetime import timedelta

from services.topology import TOPICS
from services.wiring.databases import BUS, Databases
from shared.bus.kafka import Cluster, KafkaBus
from shared.bus.port import Bus
from shared.bus.postgres import PostgresBus
from shared.settings import Settings


def bus_of(settings: Settings, databases: Databases) -> Bus:
    return KafkaBus(cluster_of(settings)) if settings.bus == "kafka" else PostgresBus(databases.dsn(BUS))


def cluster_of(settings: Settings) -> Cluster:
    return Cluster(
        bootstrap=settings.kafka_bootstrap,
        prefix=settings.kafka_prefix,
        security=settings.kafka_security,
        mechanism=settings.kafka_mechanism,
        username=settings.kafka_username,
        password=settings.kafka_password.get_secret_value() if settings.kafka_password else None,
        authority=settings.kafka_ca,
        certificate=settings.kafka_certificate,
        key=settings.kafka_key,
        replication=settings.kafka_replication,
        in_sync=settings.kafka_in_sync,
        retention=timedelta(days=settings.bus_retention_days),
        session=timedelta(seconds=settings.kafka_session_seconds),
    )


def databases_beside(settings: Settings) -> list[str]:
    """The owners of databases that are no service's: the log in PostgreSQL has one of its own."""
    return [] if settings.bus == "kafka" else [BUS]


async def declare_topics(settings: Settings, databases: Databases) -> None:
    """Raises ``TopicMismatch``, ``BusUnavailable``."""
    bus = bus_of(settings, databases)
    try:
        await bus.declare(TOPICS)
    finally:
        await bus.close()
