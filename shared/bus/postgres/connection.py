"""Connections to the bus's database, and what its absence looks like."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeAlias

import asyncpg

from shared.bus.port import BusUnavailable
from shared.database.database import prepare_connection
from shared.database.outage import OUTAGE

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"

_CLOSE_SECONDS = 2.0
_IDLE_SECONDS = 60


@contextmanager
def reaching_the_bus() -> Iterator[None]:
    """Raises ``BusUnavailable`` where the database does not answer."""
    try:
        yield
    except OUTAGE as error:
        raise BusUnavailable(type(error).__name__) from error


@asynccontextmanager
async def own_connection(dsn: str, name: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection outside the pool. A session silent for a minute (its process stopped, its machine gone)
    is ended by the server, so that its locks fall."""
    settings = {"application_name": name, "timezone": "UTC", "idle_session_timeout": f"{_IDLE_SECONDS}s"}
    connection = await asyncpg.connect(dsn, server_settings=settings)
    try:
        await prepare_connection(connection)
        yield connection
    finally:
        await close_quietly(connection)


async def close_quietly(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Close, or drop the connection where the server no longer listens."""
    try:
        await connection.close(timeout=_CLOSE_SECONDS)
    except OUTAGE:
        connection.terminate()
