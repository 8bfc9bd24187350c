"""Rebuilds beside a consumer whose handler is not safe to repeat: no event counts twice, none is left out."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from shared.bus.port import Delivery, Message
from shared.bus.postgres import PostgresBus
from shared.database.database import Database, prepare_connection
from shared.database.transaction import Transaction
from shared.delivery.consumer import Consumer, Received
from shared.delivery.dispatch import TypedDispatch
from shared.delivery.inbox import admit
from shared.embedded import EmbeddedPostgres
from shared.ids import new_id
from shared.rebuild import Projection, Rebuild, Report, Rows
from tests.conformance.counting import Counted
from tests.conformance.server import Databases
from tests.conformance.service import RECEIVER, SHARDS, TOPIC, create_service, eventually, opened, running
from tests.fixtures.happenings import happened
from tests.fixtures.postgres import fresh_database

COUNTERS = 7
REBUILDS = 6
EVENTS = 40
TALLIES = Projection("tallies", "计数", "tallies", Rows("tallies", "counter"), frozenset({Counted}))


async def tally(transaction: Transaction, received: Sequence[Received[Any]]) -> None:
    for each in received:
        await transaction.execute(
            """INSERT INTO tallies (counter, heard) VALUES ($1, 1)
               ON CONFLICT (counter) DO UPDATE SET heard = tallies.heard + 1""",
            each.event.counter,
        )


HANDLERS = {Counted: tally}


class LogAsArchive:
    """The bus's own log, read from its beginning."""

    def __init__(self, log: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._log = log
        self._after = 0

    async def pages(self) -> AsyncIterator[list[Delivery]]:
        rows = await self._log.fetch("SELECT * FROM log WHERE position > $1 ORDER BY position", self._after)
        if rows:
            self._after = rows[-1]["position"]
            yield [
                Delivery(
                    Message(row["topic"], row["key"], row["headers"], row["value"]),
                    row["shard"],
                    row["position"],
                    row["published_at"],
                )
                for row in rows
            ]


@pytest_asyncio.fixture(loop_scope="session")
async def receiver(database_server: EmbeddedPostgres) -> AsyncIterator[Database]:
    async with opened(RECEIVER, await create_service(Databases(database_server.dsn), RECEIVER)) as database:
        async with database.connection() as connection:
            await connection.execute("CREATE TABLE tallies (counter uuid PRIMARY KEY, heard int NOT NULL)")
        yield database


@asynccontextmanager
async def opened_log(dsn: str) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    async with asyncpg.create_pool(dsn, min_size=1, max_size=2, init=prepare_connection) as pool:
        yield pool


def _message(counter: UUID, number: int) -> Message:
    envelope = happened(Counted(counter=counter, number=number), sequence=number).envelope
    return Message(TOPIC, envelope.partition_key, envelope.headers(), envelope.data)


async def _drained(bus: PostgresBus) -> bool:
    return not sum((await bus.lag(RECEIVER, [TOPIC])).values())


@pytest.mark.timeout(240)
async def test_no_event_counts_twice(database_server: EmbeddedPostgres, receiver: Database) -> None:
    counters = [new_id() for _ in range(COUNTERS)]
    async with fresh_database(database_server) as dsn, opened_log(dsn) as log:
        bus = PostgresBus(dsn)
        await bus.declare({TOPIC: SHARDS})

        async def tell() -> None:
            for number in range(EVENTS):
                await bus.publish([_message(counter, number) for counter in counters])

        async def rebuild() -> Report:
            return await Rebuild(receiver, LogAsArchive(log), HANDLERS, TALLIES).run()

        await tell()
        report = await rebuild()
        assert (report.ahead, report.differed) == (EVENTS * COUNTERS, COUNTERS)
        async with running(Consumer(receiver, bus, [TOPIC], TypedDispatch(HANDLERS))):
            for _ in range(REBUILDS):
                await asyncio.gather(tell(), rebuild())
            await eventually(lambda: _drained(bus))
        await bus.close()
    async with receiver.connection() as connection:
        heard = {row["counter"]: row["heard"] for row in await connection.fetch("SELECT * FROM tallies")}
    assert heard == dict.fromkeys(counters, EVENTS * (REBUILDS + 1))


async def test_a_transaction_of_the_consumer_is_waited_for(
    database_server: EmbeddedPostgres, receiver: Database
) -> None:
    counter = new_id()
    async with fresh_database(database_server) as dsn, opened_log(dsn) as log:
        bus = PostgresBus(dsn)
        await bus.declare({TOPIC: SHARDS})
        await bus.publish([_message(counter, 1)])
        (heard,) = [page async for page in LogAsArchive(log).pages()]
        dispatch = TypedDispatch(HANDLERS)
        parcels = [parcel for parcel in map(dispatch.open, heard[:1]) if parcel is not None]
        async with receiver.transaction() as transaction:
            await admit(transaction, parcels)
            rebuilding = asyncio.create_task(Rebuild(receiver, LogAsArchive(log), HANDLERS, TALLIES).run())
            await eventually(lambda: _waits_for_the_inbox(receiver))
            await dispatch.handle(transaction, parcels)
        report = await rebuilding
        await bus.close()
    assert (report.applied, report.ahead, report.differed) == (1, 0, 0)
    async with receiver.connection() as connection:
        assert await connection.fetchval("SELECT heard FROM tallies WHERE counter = $1", counter) == 1


async def _waits_for_the_inbox(receiver: Database) -> bool:
    async with receiver.connection() as connection:
        waits: bool = await connection.fetchval(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'inbox'::regclass AND NOT granted)"
        )
    return waits
