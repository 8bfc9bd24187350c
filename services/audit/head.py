"""Waiting for news of the archive: one look per process for all who wait, and none while nobody does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from shared.context import ServiceContext
from shared.database.database import Database
from shared.observability import places
from shared.signal import Signal, first_of

log = structlog.get_logger()
LOOK_SECONDS = 0.2
"""What this process archives is seen at once, what another one does after so long."""
_HEAD = "archive head"


class Head:
    """The archive's last position, which any replica may move; watched while somebody waits for it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last = 0
        self._moved = Signal()
        self._waiting = 0
        self._watch: asyncio.Task[None] | None = None

    async def beyond(self, position: int, seconds: float) -> bool:
        """Whether something stands behind ``position``; waits so many seconds for it."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + seconds
        async with self._watched() as moved:
            while self._last <= position and (left := deadline - clock()) > 0:
                await first_of(moved, timeout=left)
                moved.clear()
        return self._last > position

    @asynccontextmanager
    async def _watched(self) -> AsyncIterator[asyncio.Event]:
        self._waiting += 1
        try:
            if self._watch is None:
                self._watch = asyncio.create_task(self._look(), name=_HEAD)
            with self._moved.listening() as moved:
                yield moved
        finally:
            self._waiting -= 1

    async def _look(self) -> None:
        with self._database.news.listening() as news:
            while self._waiting:
                news.clear()
                try:
                    last = await self._read()
                except Exception as error:
                    log.error("the archive does not answer", error=type(error).__name__, where=places(error))
                else:
                    if last != self._last:
                        self._last = last
                        self._moved.set()
                await first_of(news, timeout=LOOK_SECONDS)
        self._watch = None

    async def _read(self) -> int:
        async with self._database.connection() as connection:
            last: int = await connection.fetchval("SELECT coalesce(max(position), 0) FROM archive")
            return last


def prepare(context: ServiceContext) -> None:
    context.extras[_HEAD] = Head(context.database)


def head_of(context: ServiceContext) -> Head:
    head: Head = context.extras[_HEAD]
    return head
