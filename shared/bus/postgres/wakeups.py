"""One listening connection for all subscriptions of a process."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import asyncpg
import structlog

from shared.bus.port import BusUnavailable
from shared.bus.postgres.connection import own_connection, reaching_the_bus

log = structlog.get_logger()
CHANNEL = "jingzhun_bus"
_KEEP_ALIVE_SECONDS = 20.0
_RECONNECT_SECONDS = 1.0


class Wakeups:
    """Sets the events of those whose topics have news. Only a hint: whoever waits polls as well."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._waiting: dict[asyncio.Event, frozenset[str]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def of(self, topics: Sequence[str]) -> Iterator[asyncio.Event]:
        woken = asyncio.Event()
        self._waiting[woken] = frozenset(topics)
        if self._task is None:
            self._task = asyncio.create_task(self._listen_always())
        try:
            yield woken
        finally:
            del self._waiting[woken]

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def _listen_always(self) -> None:
        while True:
            try:
                with reaching_the_bus():
                    await self._listen()
            except BusUnavailable as error:
                log.warning("bus notifications interrupted", error=str(error))
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _listen(self) -> None:
        async with own_connection(self._dsn, "jingzhun-bus-listen") as connection:
            ended = asyncio.Event()
            connection.add_termination_listener(lambda _: ended.set())
            await connection.add_listener(CHANNEL, self._notified)
            while not ended.is_set():
                try:
                    await asyncio.wait_for(ended.wait(), _KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    await connection.execute("SELECT 1")

    def _notified(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:
        news = frozenset(str(payload).split(","))
        for woken, topics in self._waiting.items():
            if topics & news:
                woken.set()


async def notify(
    connection: "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]",
    topics: set[str],
) -> None:
    """Within the transaction that appends, so that the news arrive with the commit."""
    await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, ",".join(sorted(topics)))
