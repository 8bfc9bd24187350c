"""Two tiny services: the sender counts, the receiver writes down every count it hears, as often as it hears it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import BigInteger, Column, Identity
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import registry
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Field, SQLModel

from shared.clock import PolicyClock
from shared.database.database import Database
from shared.database.tables import add_common_tables
from shared.database.transaction import Transaction
from shared.delivery.assembly import Runnable
from shared.delivery.consumer import Received
from tests.conformance.counting import Closed, Counted
from tests.conformance.server import Databases

SENDER, RECEIVER = "sender", "receiver"
TOPIC = f"jingzhun.{SENDER}.v1"
DEAD_LETTERS = f"{TOPIC}.{RECEIVER}.dlq"
ANSWERS = f"jingzhun.{RECEIVER}.v1"
"""The receiver's own topic, on which it tells of its dead letters."""
SHARDS = 4
DIVISION = "500229000000"


class Base(SQLModel, registry=registry()):
    __abstract__ = True


add_common_tables(Base)


class Counter(Base, table=True):
    __tablename__ = "counters"
    id: UUID = Field(primary_key=True)
    number: int = 0


class Effect(Base, table=True):
    """Nothing here forbids doubles: the suite would see them."""

    __tablename__ = "effects"
    sequence: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    counter: UUID
    number: int
    kind: str


async def create_service(databases: Databases, name: str) -> str:
    dsn = await databases.create(name)
    connection = await asyncpg.connect(dsn)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    try:
        for table in Base.metadata.sorted_tables:
            await connection.execute(str(CreateTable(table).compile(dialect=dialect)))
            for index in table.indexes:
                await connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
    finally:
        await connection.close()
    return dsn


@asynccontextmanager
async def opened(name: str, dsn: str, outbox_shards: int = 2) -> AsyncIterator[Database]:
    database = Database(name, dsn, PolicyClock(), outbox_shards=outbox_shards)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def count(sender: Database, counter: UUID, *, times: int = 1) -> None:
    """One transaction that counts up and tells it, ``times`` over."""
    async with sender.transaction() as transaction:
        for _ in range(times):
            await count_within(transaction, counter)


async def count_within(transaction: Transaction, counter: UUID) -> None:
    number = await transaction.fetch_value(
        """INSERT INTO counters (id, number) VALUES ($1, 1)
           ON CONFLICT (id) DO UPDATE SET number = counters.number + 1 RETURNING number""",
        counter,
    )
    transaction.emit(Counted(counter=counter, number=number), division=DIVISION, sequence=number)


async def write_down(transaction: Transaction, received: Sequence[Received[Any]]) -> None:
    """The receiver's handler."""
    await transaction.execute_many(
        "INSERT INTO effects (counter, number, kind) VALUES ($1, $2, $3)",
        [(each.event.counter, each.event.number, type(each.event).__name__) for each in received],
    )


HANDLERS = {Counted: write_down, Closed: write_down}


async def effects_of(receiver: Database) -> dict[UUID, list[int]]:
    """What was written down of each counter, in the order of writing."""
    async with receiver.connection() as connection:
        rows = await connection.fetch("SELECT counter, number FROM effects ORDER BY sequence")
    effects: dict[UUID, list[int]] = {}
    for row in rows:
        effects.setdefault(row["counter"], []).append(row["number"])
    return effects


async def counts_of(sender: Database) -> dict[UUID, list[int]]:
    """What should be written down, once all is delivered."""
    async with sender.connection() as connection:
        rows = await connection.fetch("SELECT id, number FROM counters")
    return {row["id"]: list(range(1, row["number"] + 1)) for row in rows}


async def total(database: Database, table: str) -> int:
    async with database.connection() as connection:
        found: int = await connection.fetchval(f"SELECT count(*) FROM {table}")
    return found


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 - the other side is a database
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running(*parts: Runnable) -> AsyncIterator[None]:
    """The parts run while the block does, and end gracefully after it."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(part.run(stop)) for part in parts]
    try:
        yield
    finally:
        stop.set()
        async with asyncio.timeout(10):
            await asyncio.gather(*tasks)
