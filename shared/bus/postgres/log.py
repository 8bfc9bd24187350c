"""Appending to the log, and what is known about it.

Positions appear in the order of commits because every append holds one lock: a reader that has seen position n
has seen everything before it.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from zlib import crc32

import asyncpg

from shared.bus.port import Message, Subscription, TopicState, UnknownTopic
from shared.bus.postgres.claims import Claims, living_members
from shared.bus.postgres.connection import Connection, own_connection, reaching_the_bus
from shared.bus.postgres.schema import APPEND_LOCK, SCHEMA_LOCK, prepare_schema
from shared.bus.postgres.subscription import PostgresSubscription
from shared.bus.postgres.wakeups import Wakeups, notify
from shared.bus.topics import refuse_mismatch
from shared.clock import system_now
from shared.database.database import prepare_connection

_CONNECTIONS = 8
_CHECK_SECONDS = 2.0


def shard_of(key: str, shards: int) -> int:
    return crc32(key.encode()) % shards


class PostgresBus:
    """``dsn`` names a database of the bus's own."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()
        self._shards: dict[str, int] = {}
        self._wakeups = Wakeups(dsn)

    async def declare(self, topics: Mapping[str, int]) -> None:
        """Create the schema and what is missing of the topics. Raises ``TopicMismatch``, ``BusUnavailable``."""
        async with self._connection() as connection:
            await prepare_schema(connection)
            async with connection.transaction():
                await connection.execute("SELECT pg_advisory_xact_lock($1)", SCHEMA_LOCK)
                self._shards = await _read_topics(connection)
                refuse_mismatch(self._shards, topics)
                missing = {name: shards for name, shards in topics.items() if name not in self._shards}
                await connection.executemany("INSERT INTO topics (name, shards) VALUES ($1, $2)", missing.items())
                await connection.executemany(
                    "INSERT INTO shards (topic, shard) VALUES ($1, $2)",
                    [(name, shard) for name, shards in missing.items() for shard in range(shards)],
                )
            self._shards = await _read_topics(connection)

    async def publish(self, messages: Sequence[Message]) -> None:
        if not messages:
            return
        async with self._connection() as connection:
            shards = [shard_of(message.key, await self._shards_of(connection, message)) for message in messages]
            async with connection.transaction():
                await connection.execute("SELECT pg_advisory_xact_lock($1)", APPEND_LOCK)
                await _append(connection, messages, shards)
                await notify(connection, {message.topic for message in messages})

    @asynccontextmanager
    async def subscribe(self, group: str, topics: Sequence[str]) -> AsyncIterator[Subscription]:
        async with AsyncExitStack() as stack:
            with reaching_the_bus():
                connection = await stack.enter_async_context(own_connection(self._dsn, f"jingzhun-bus-{group}"))
                claims = Claims(connection, group, tuple(topics))
                await claims.join()
            yield PostgresSubscription(connection, claims, stack.enter_context(self._wakeups.of(topics)))
            with reaching_the_bus():
                await claims.leave()

    async def lag(self, group: str, topics: Sequence[str]) -> Mapping[tuple[str, int], int]:
        async with self._connection() as connection:
            rows = await connection.fetch(
                """SELECT topic, shard, (
                       SELECT count(*) FROM log
                       WHERE (log.topic, log.shard) = (shards.topic, shards.shard)
                         AND log.position > coalesce(cursors.position, 0)) AS behind
                   FROM shards
                   LEFT JOIN (SELECT * FROM cursors WHERE consumer_group = $1) AS cursors USING (topic, shard)
                   WHERE topic = ANY($2::text[])""",
                group,
                list(topics),
            )
            return {(row["topic"], row["shard"]): row["behind"] for row in rows}

    async def survey(self, topics: Sequence[str], within: timedelta) -> Mapping[str, TopicState]:
        async with self._connection() as connection:
            rows = await connection.fetch(
                """WITH recent AS (
                       SELECT topic, count(*) FROM log
                       WHERE published_at >= $2 AND topic = ANY($1::text[]) GROUP BY topic)
                   SELECT topic, coalesce(recent.count, 0) AS recent, array_agg(
                              coalesce((SELECT max(position) FROM log
                                        WHERE (log.topic, log.shard) = (shards.topic, shards.shard)), trimmed)
                              ORDER BY shard) AS heads
                   FROM shards LEFT JOIN recent USING (topic)
                   WHERE topic = ANY($1::text[]) GROUP BY topic, recent.count""",
                list(topics),
                system_now() - within,
            )
        unknown = sorted(set(topics) - {row["topic"] for row in rows})
        if unknown:
            raise UnknownTopic(", ".join(unknown))
        return {row["topic"]: TopicState(tuple(row["heads"]), row["recent"]) for row in rows}

    async def members(self, group: str) -> int:
        async with self._connection() as connection:
            return len(await living_members(connection, group))

    async def trim(self, older_than: timedelta) -> int:
        """Remove messages published longer ago than this, received or not; how many."""
        async with self._connection() as connection:
            removed: int = await connection.fetchval(
                """WITH removed AS (
                       DELETE FROM log WHERE published_at < $1 RETURNING topic, shard, position),
                   ends AS (
                       SELECT topic, shard, max(position) AS position FROM removed GROUP BY topic, shard),
                   marked AS (
                       UPDATE shards SET trimmed = greatest(trimmed, ends.position)
                       FROM ends WHERE (shards.topic, shards.shard) = (ends.topic, ends.shard))
                   SELECT count(*) FROM removed""",
                system_now() - older_than,
            )
            return removed

    async def accept_loss(self, group: str, topics: Sequence[str]) -> int:
        """An operator's answer to ``RetentionExceeded``: go on with the oldest message kept; shards moved."""
        async with self._connection() as connection:
            moved = await connection.fetch(
                """UPDATE cursors SET position = shards.trimmed FROM shards
                   WHERE (shards.topic, shards.shard) = (cursors.topic, cursors.shard)
                     AND consumer_group = $1 AND cursors.topic = ANY($2::text[]) AND position < trimmed
                   RETURNING id""",
                group,
                list(topics),
            )
            return len(moved)

    async def check(self) -> None:
        with reaching_the_bus():
            async with asyncio.timeout(_CHECK_SECONDS), self._connection() as connection:
                await connection.fetchval("SELECT 1")

    async def close(self) -> None:
        await self._wakeups.close()
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        with reaching_the_bus():
            async with self._opening:
                if self._pool is None:
                    self._pool = await asyncpg.create_pool(
                        self._dsn,
                        min_size=0,
                        max_size=_CONNECTIONS,
                        init=prepare_connection,
                        server_settings={"application_name": "jingzhun-bus", "timezone": "UTC"},
                    )
            async with self._pool.acquire() as connection:
                yield connection

    async def _shards_of(self, connection: Connection, message: Message) -> int:
        if message.topic not in self._shards:
            self._shards = await _read_topics(connection)
        if message.topic not in self._shards:
            raise UnknownTopic(message.topic)
        return self._shards[message.topic]


async def _append(connection: Connection, messages: Sequence[Message], shards: Sequence[int]) -> None:
    await connection.execute(
        """INSERT INTO log (topic, shard, key, event_id, headers, value)
           SELECT topic, shard, key, event_id, headers, value
           FROM unnest($1::text[], $2::smallint[], $3::text[], $4::text[], $5::jsonb[], $6::bytea[])
             WITH ORDINALITY AS message (topic, shard, key, event_id, headers, value, number)
           ORDER BY number
           ON CONFLICT (topic, event_id) DO NOTHING""",
        [message.topic for message in messages],
        shards,
        [message.key for message in messages],
        [message.id for message in messages],
        [dict(message.headers) for message in messages],
        [message.value for message in messages],
    )


async def _read_topics(connection: Connection) -> dict[str, int]:
    return {row["name"]: row["shards"] for row in await connection.fetch("SELECT name, shards FROM topics")}
