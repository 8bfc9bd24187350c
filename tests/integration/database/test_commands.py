"""A command's transaction: begun with its key, ended with its answer and its events, or as if it had never been."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from services.gateway.service import DEFINITION
from shared.clock import PolicyClock
from shared.database.database import Database
from shared.database.idempotency import Answer, AnsweredBefore, CommandKey, KeyReused
from tests.fixtures.templates import Templates

ANSWER = Answer(201, {"location": "/v1/things/1"}, '{"name":"张"}'.encode())
STRANGE = [
    "it's",
    "''",
    "\\' OR true --",
    "$1",
    "'); ROLLBACK; DROP TABLE outbox; --",
    "农户\n\t",
    "\x01\x7f",
    "é" * 200,
]


def command(key: str = "key", digest: bytes = b"\x00\xff'\\") -> CommandKey:
    return CommandKey("officer", "POST /v1/things", key, digest)


@pytest_asyncio.fixture(loop_scope="session")
async def database(templates: Templates) -> AsyncIterator[Database]:
    async with templates.service(DEFINITION) as dsn:
        database = Database(DEFINITION.name, dsn, PolicyClock(), outbox_shards=2)
        await database.open()
        yield database
        await database.close()


async def done(database: Database, key: CommandKey, events: int = 1) -> None:
    async with database.transaction(key) as transaction:
        for number in range(events):
            transaction.send("jingzhun.gateway.v1", f"key {number}", {"ce_id": str(UUID(int=number))}, b"{}")
        transaction.remember(key, ANSWER)


async def failing(database: Database, key: CommandKey) -> None:
    async with database.transaction(key) as transaction:
        transaction.send("jingzhun.gateway.v1", "key", {}, b"{}")
        raise LookupError


async def told(database: Database) -> list[tuple[str, dict[str, str], bytes]]:
    async with database.connection() as connection:
        rows = await connection.fetch("SELECT key, headers, value FROM outbox ORDER BY position")
    return [(row["key"], row["headers"], row["value"]) for row in rows]


@pytest.mark.parametrize("key", STRANGE)
async def test_whatever_the_key_it_is_the_same_key_again(database: Database, key: str) -> None:
    await done(database, command(key))
    with pytest.raises(AnsweredBefore) as before:
        await done(database, command(key))
    assert before.value.answer == ANSWER
    with pytest.raises(KeyReused):
        await done(database, command(key, b"another request"))
    assert len(await told(database)) == 1


@pytest.mark.parametrize("events", [0, 1, 3, 8, 9, 700])
async def test_few_events_or_many_are_told_once_and_in_order(database: Database, events: int) -> None:
    await done(database, command(), events)
    assert await told(database) == [
        (f"key {number}", {"ce_id": str(UUID(int=number))}, b"{}") for number in range(events)
    ]
    with pytest.raises(AnsweredBefore) as before:
        await done(database, command(), events)
    assert before.value.answer == ANSWER


async def test_who_fails_leaves_the_key_free(database: Database) -> None:
    with pytest.raises(LookupError):
        await failing(database, command())
    assert await told(database) == []
    await done(database, command())


async def test_a_twin_waits_and_gets_the_first_answer(database: Database) -> None:
    async with database.transaction(command()) as transaction:
        twin = asyncio.create_task(done(database, command()))
        await waiting_for_a_lock(database)
        transaction.remember(command(), ANSWER)
    with pytest.raises(AnsweredBefore) as before:
        await twin
    assert before.value.answer == ANSWER


async def test_a_lost_connection_is_told_as_what_was_lost(database: Database) -> None:
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        async with database.transaction(command()) as transaction:
            await transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    await done(database, command())


async def waiting_for_a_lock(database: Database) -> None:
    async with database.connection() as connection, asyncio.timeout(30):
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
        while not await connection.fetchval(waiting):  # noqa: ASYNC110 - the other side is a database
            await asyncio.sleep(0.01)
