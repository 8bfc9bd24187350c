"""The relay: what transactions decided, from the outbox to the bus.

Each shard of the outbox has one owner among all replicas, by a session lock on the very connection that deletes:
if the owner dies, its lock and its unfinished deletion fall together. Rows are published before their deletion is
committed, so a death in between publishes them again and never loses one.
"""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from shared.bus.port import Bus, Message
from shared.database.database import Database
from shared.delivery import metrics
from shared.delivery.persistence import pause, persist
from shared.delivery.spans import sending
from shared.signal import first_of

if TYPE_CHECKING:
    import asyncpg

OUTBOX_LOCK = 0x6F757462
BATCH = 500
POLL_SECONDS = 0.25
GATHERING_SECONDS = 0.01
"""After news: what is decided meanwhile goes along, where each alone would cost as much as all."""


class Relay:
    """Relays every shard of one service's outbox that no other replica owns."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus

    async def run(self, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as tasks:
            for shard in range(self._database.outbox_shards):
                work = partial(self._relay_shard, shard, stop)
                tasks.create_task(persist(work, stop, service=self._database.service, task="relay", shard=shard))

    async def _relay_shard(self, shard: int, stop: asyncio.Event) -> None:
        async with self._database.own_connection(polls=True) as connection:
            while not await _owns(connection, shard):
                await pause(stop, POLL_SECONDS)
                if stop.is_set():
                    return
            with self._database.committed.listening() as woken:
                while not stop.is_set():
                    woken.clear()
                    if await self._move_batch(connection, shard) < BATCH:
                        await first_of(woken, stop, timeout=POLL_SECONDS)
                        await pause(stop, GATHERING_SECONDS)

    async def _move_batch(self, connection: "asyncpg.Connection[asyncpg.Record]", shard: int) -> int:
        """Returns how many were moved. Whatever fails rolls the deletion back."""
        async with connection.transaction():
            messages = await _claim(connection, shard)
            if messages:
                with sending(self._database.tracer, messages):
                    await self._bus.publish(messages)
        metrics.relayed.labels(self._database.service).inc(len(messages))
        return len(messages)


async def _owns(connection: "asyncpg.Connection[asyncpg.Record]", shard: int) -> bool:
    won: bool = await connection.fetchval("SELECT pg_try_advisory_lock($1, $2)", OUTBOX_LOCK, shard)
    return won


async def _claim(connection: "asyncpg.Connection[asyncpg.Record]", shard: int) -> list[Message]:
    """The oldest messages of the shard, deleted if the transaction commits."""
    rows = await connection.fetch(
        """WITH claimed AS (
               DELETE FROM outbox WHERE position IN (
                   SELECT position FROM outbox WHERE shard = $1 ORDER BY position LIMIT $2)
               RETURNING position, topic, key, headers, value)
           SELECT topic, key, headers, value FROM claimed ORDER BY position""",
        shard,
        BATCH,
    )
    return [Message(row["topic"], row["key"], row["headers"], row["value"]) for row in rows]
