"""The shortest way over Kafka: aiokafka's own producer and consumer, batches, and a batch insert."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from shared.bus.port import Message
from shared.database.database import Database
from tests.bench.bare import knowing
from tests.fixtures.kafka import new_prefix

BATCH = 500


class BareKafka:
    def __init__(self, producer: Any, consumer: Any, topic: str, database: Database) -> None:
        self._producer = producer
        self._consumer = consumer
        self._topic = topic
        self._database = database

    async def carry(self, messages: Sequence[Message]) -> None:
        """Produced with ``acks=all`` and idempotence, inserted, and only then committed."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._produce(messages))
            tasks.create_task(self._consume(len(messages)))

    async def _produce(self, messages: Sequence[Message]) -> None:
        for message in messages:
            headers = [(name, value.encode()) for name, value in message.headers.items()]
            await self._producer.send(self._topic, message.value, message.key.encode(), headers=headers)
        await self._producer.flush()

    async def _consume(self, count: int) -> None:
        while count > 0:
            fetched = await self._consumer.getmany(timeout_ms=500, max_records=BATCH)
            records = [record for each in fetched.values() for record in each]
            if records:
                async with self._database.connection() as connection:
                    await knowing.insert(connection, map(_row, records))
                await self._consumer.commit()
            count -= len(records)


def _row(record: Any) -> tuple[str, str, bool, int]:
    headers = dict(record.headers)
    return knowing.row_of(
        record.key.decode(), headers["ce_division"].decode(), headers["ce_sequence"].decode(), record.value
    )


@asynccontextmanager
async def bare_kafka(bootstrap: str, partitions: int, database: Database) -> AsyncIterator[BareKafka]:
    topic = f"{new_prefix()}bare"
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, partitions, 1)])
    finally:
        await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True, acks="all", linger_ms=2)
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, group_id=topic, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await producer.start()
    await consumer.start()
    try:
        yield BareKafka(producer, consumer, topic, database)
    finally:
        await consumer.stop()
        await producer.stop()
