"""A service's own database: a pool of connections and the one way to open a transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import asyncpg
import orjson

from shared.clock import PolicyClock
from shared.database import idempotency, literals
from shared.database.idempotency import CommandKey
from shared.database.outage import OUTAGE
from shared.database.transaction import Connection, Transaction, current_trace
from shared.signal import Signal
from shared.tracing import NO_SPANS, UNMADE, Span, SpanKind, Tracer

_CLOSE_SECONDS = 2.0
FROZEN = "60s"
"""After so long a session that should have moved on is ended, so that a process that stands still blocks nobody."""
_JSONB_VERSION = b"\x01"


def _encode(value: Any) -> bytes:
    return orjson.dumps(value, default=str)


def _encode_binary(value: Any) -> bytes:
    return _JSONB_VERSION + _encode(value)


def _decode_binary(value: bytes) -> Any:
    return orjson.loads(value[1:])


class _Connection(asyncpg.Connection):
    """Goes back to the pool as it is: what holds a lock or listens has a connection of its own."""

    def get_reset_query(self) -> str:
        return ""


async def prepare_connection(connection: Any) -> None:
    """JSON columns speak Python values, in the binary form that ``COPY`` needs."""
    jsonb = {"encoder": _encode_binary, "decoder": _decode_binary}
    json = {"encoder": _encode, "decoder": orjson.loads}
    for name, codec in (("jsonb", jsonb), ("json", json)):
        await connection.set_type_codec(name, **codec, schema="pg_catalog", format="binary")


async def _prepare_pooled(connection: Any) -> None:
    await prepare_connection(connection)
    await connection.execute(idempotency.PREPARATION)


async def _begin(connection: Connection, command: CommandKey | None) -> None:
    if command is None:
        await connection.execute("BEGIN")
    else:
        await idempotency.begin_claiming(connection, command)


async def _roll_back(connection: Connection) -> None:
    """What ended the transaction is told, not that its connection is gone, too: then it has rolled back by itself."""
    with suppress(*OUTAGE):
        await connection.execute("ROLLBACK")


class Database:
    """``committed`` is set after every commit that wrote to the outbox, so that the relay wakes at once; ``news`` after
    every one that told its readers.

    Where the policy's clock is moved by other processes too (``clock_moved_elsewhere``), every transaction reads it
    from its row; in one process its mirror in memory is enough.
    """

    def __init__(
        self,
        service: str,
        dsn: str,
        clock: PolicyClock,
        *,
        outbox_shards: int = 1,
        connections: int = 10,
        clock_moved_elsewhere: bool = False,
        tracer: Tracer = NO_SPANS,
    ) -> None:
        self.service = service
        self.dsn = dsn
        self.clock = clock
        self.outbox_shards = outbox_shards
        self.tracer = tracer
        self.committed = Signal()
        self.news = Signal()
        self._connections = connections
        self._clock_moved_elsewhere = clock_moved_elsewhere
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    @property
    def pool(self) -> "asyncpg.Pool[asyncpg.Record]":
        if self._pool is None:
            raise RuntimeError(f"the database of {self.service} is not open")
        return self._pool

    @property
    def is_open(self) -> bool:
        return self._pool is not None

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(
            self.dsn,
            min_size=1,
            max_size=self._connections,
            init=_prepare_pooled,
            connection_class=_Connection,
            server_settings={
                "application_name": f"jingzhun-{self.service}",
                "timezone": "UTC",
                "idle_in_transaction_session_timeout": FROZEN,
                **literals.SETTINGS,
            },
        )
        await self._read_offset(self._pool)

    async def close(self) -> None:
        """A connection that is not given back within a moment is cut off: its transaction rolls back."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            with suppress(TimeoutError):
                await asyncio.wait_for(pool.close(), _CLOSE_SECONDS)

    def set_offset(self, seconds: float) -> None:
        self.clock.offset = timedelta(seconds=seconds)

    async def policy_clock(self) -> PolicyClock:
        """As it stands now, also where another process has moved it."""
        if self._clock_moved_elsewhere:
            await self._read_offset(self.pool)
        return self.clock

    async def _read_offset(self, source: "asyncpg.Pool[asyncpg.Record] | Connection") -> None:
        self.set_offset(await source.fetchval("SELECT seconds FROM policy_clock WHERE id = 1") or 0.0)

    @asynccontextmanager
    async def transaction(self, command: CommandKey | None = None) -> AsyncIterator[Transaction]:
        """Commits when the block ends well, with all its events in the outbox; rolls back otherwise.

        Begun for a command it holds the command's key: a twin waits until it ends. Raises ``AnsweredBefore`` where
        the command was done before, ``KeyReused`` where its key was another's.
        """
        with self._span() as span:
            async with self.pool.acquire() as connection:
                try:
                    await _begin(connection, command)
                    if self._clock_moved_elsewhere:
                        await self._read_offset(connection)
                    transaction = Transaction(
                        connection,
                        service=self.service,
                        now=self.clock.now(),
                        outbox_shards=self.outbox_shards,
                        traceparent=span.traceparent,
                    )
                    yield transaction
                    emitted = transaction.has_events
                    await transaction.flush()
                except BaseException:
                    await _roll_back(connection)
                    raise
                await connection.execute("COMMIT")
        if emitted:
            self.committed.set()
        if transaction.has_news:
            self.news.set()

    def _span(self) -> Span:
        """Of what a request or a job does; what runs in the background all the time makes none."""
        trace = current_trace.get()
        if trace is None or trace.traceparent is None or not self.tracer.active:
            return UNMADE
        attributes = {"db.system.name": "postgresql", "jingzhun.service": self.service}
        return self.tracer.span("transaction", parent=trace.traceparent, kind=SpanKind.CLIENT, attributes=attributes)

    def connection(self) -> "AbstractAsyncContextManager[asyncpg.pool.PoolConnectionProxy[asyncpg.Record]]":
        """A connection for reading."""
        return self.pool.acquire()

    @asynccontextmanager
    async def own_connection(self, *, polls: bool = False) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """A connection outside the pool, for session locks that live as long as their owner.

        One that ``polls`` is never silent for long: if it is, its process stands still, and its locks go to others.
        """
        settings = {"application_name": f"jingzhun-{self.service}-lock", "idle_in_transaction_session_timeout": FROZEN}
        if polls:
            settings["idle_session_timeout"] = FROZEN
        connection = await asyncpg.connect(self.dsn, server_settings=settings)
        await prepare_connection(connection)
        try:
            yield connection
        finally:
            await connection.close()
