"""The shortest way over a table: rows inserted in batches, read behind a cursor, and a batch insert."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from shared.bus.port import Message
from shared.database.database import Database, prepare_connection
from tests.bench.bare import knowing

BATCH = 500


class BareLog:
    def __init__(self, writing: Any, reading: Any, database: Database) -> None:
        self._writing = writing
        self._reading = reading
        self._database = database
        self._cursor = 0

    async def carry(self, messages: Sequence[Message]) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._write(messages))
            tasks.create_task(self._read(len(messages)))

    async def _write(self, messages: Sequence[Message]) -> None:
        for first in range(0, len(messages), BATCH):
            batch = messages[first : first + BATCH]
            await self._writing.execute(
                """INSERT INTO bare_log (key, headers, value)
                   SELECT * FROM unnest($1::text[], $2::jsonb[], $3::bytea[])""",
                [message.key for message in batch],
                [message.headers for message in batch],
                [message.value for message in batch],
            )

    async def _read(self, count: int) -> None:
        while count > 0:
            rows = await self._reading.fetch(
                "SELECT position, key, headers, value FROM bare_log WHERE position > $1 ORDER BY position LIMIT $2",
                self._cursor,
                BATCH,
            )
            if not rows:
                await asyncio.sleep(0.002)
                continue
            async with self._database.connection() as connection:
                await knowing.insert(connection, map(_row, rows))
            self._cursor = rows[-1]["position"]
            count -= len(rows)


def _row(row: Any) -> tuple[str, str, bool, int]:
    return knowing.row_of(row["key"], row["headers"]["ce_division"], row["headers"]["ce_sequence"], row["value"])


@asynccontextmanager
async def bare_log(bus_dsn: str, database: Database) -> AsyncIterator[BareLog]:
    """One writer and one reader, so that the order of positions is the order of commits without any lock."""
    async with (
        asyncpg.create_pool(bus_dsn, min_size=2, max_size=2, init=prepare_connection) as pool,
        pool.acquire() as writing,
        pool.acquire() as reading,
    ):
        await writing.execute(
            """CREATE TABLE bare_log (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL,
                     headers jsonb NOT NULL, value bytea NOT NULL)"""
        )
        yield BareLog(writing, reading, database)
