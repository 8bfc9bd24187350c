"""All that lies on the bus, read by somebody who knows nothing of the system's own readers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from services.topology import TOPICS
from services.wiring.databases import BUS, role_of
from shared.database.database import prepare_connection
from shared.embedded import EmbeddedPostgres
from tests.contract.asyncapi.kept import Tapped

Tap = Callable[[], Awaitable[list[Tapped]]]
"""Every message in its order, of each partition from its beginning."""


def tap_of(server: EmbeddedPostgres, settings: Mapping[str, str]) -> Tap:
    async def tapped() -> list[Tapped]:
        if settings.get("bus") == "kafka":
            return await _topics(settings["kafka_bootstrap"], settings["kafka_prefix"])
        return await _log(server)

    return tapped


async def _log(server: EmbeddedPostgres) -> list[Tapped]:
    connection = await asyncpg.connect(server.dsn(role_of(BUS)))
    try:
        await prepare_connection(connection)
        rows = await connection.fetch("SELECT topic, shard, key, headers, value FROM log ORDER BY position")
        return [Tapped(**dict(row)) for row in rows]
    finally:
        await connection.close()


async def _topics(bootstrap: str, prefix: str) -> list[Tapped]:
    places = [TopicPartition(prefix + topic, number) for topic, count in TOPICS.items() for number in range(count)]
    found: list[Tapped] = []
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap) as consumer:
        consumer.assign(places)
        await consumer.seek_to_beginning(*places)
        ends = await consumer.end_offsets(places)
        while any([await consumer.position(place) < ends[place] for place in places]):
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                found += [_tapped(record, prefix) for record in records]
    return found


def _tapped(record: Any, prefix: str) -> Tapped:
    headers = {name: value.decode() for name, value in record.headers}
    return Tapped(record.topic.removeprefix(prefix), record.partition, record.key.decode(), headers, record.value)
