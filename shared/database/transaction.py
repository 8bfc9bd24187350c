"""One transaction: state, outbox, inbox and idempotency commit together or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg

from shared.database import outbox
from shared.database.idempotency import Answer, CommandKey
from shared.database.inserting import insert_rows
from shared.events.base import Envelope, Event
from shared.ids import new_id

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
else:
    Connection = Any  # asyncpg's classes are generic for the type checker only


@dataclass(frozen=True, slots=True)
class Trace:
    """What links an event to its origin; ``client`` is the API client that sent the request, if one did."""

    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None
    client: str | None = None


current_trace: ContextVar[Trace | None] = ContextVar("current_trace", default=None)


def sent_by(client: str | None) -> None:
    """The request under way is an API client's: every event that comes of it will tell so."""
    trace = current_trace.get()
    if trace is not None and client is not None:
        current_trace.set(replace(trace, client=client))


def _trace_of(cause: Envelope) -> Trace:
    return Trace(cause.correlation_id, str(cause.id), cause.traceparent)


class Transaction:
    """State, outbox, inbox and idempotency of one command or one batch of events.

    ``now`` is the policy clock's moment. Events given to ``emit`` are written to the outbox in one statement
    when the transaction ends, after every row that they speak of has been locked. They go on from its ``traceparent``
    where it has one, else from what is being done.
    """

    def __init__(
        self,
        connection: "Connection",
        *,
        service: str,
        now: datetime,
        outbox_shards: int,
        traceparent: str | None = None,
    ) -> None:
        self.connection = connection
        self.now = now
        self.traceparent = traceparent
        self._source = f"/jingzhun/{service}"
        self._topic = f"jingzhun.{service}.v1"
        self._shards = outbox_shards
        self._pending: list[outbox.Row] = []
        self._answered: tuple[CommandKey, Answer] | None = None
        self.has_news = False

    async def execute(self, statement: str, *arguments: Any) -> str:
        return await self.connection.execute(statement, *arguments)

    async def execute_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        await self.connection.executemany(statement, rows)

    async def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert the rows in their order; names come from our code, never from outside."""
        await insert_rows(self.connection, table, columns, rows)

    async def fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        return await self.connection.fetch(statement, *arguments)

    async def fetch_row(self, statement: str, *arguments: Any) -> asyncpg.Record | None:
        return await self.connection.fetchrow(statement, *arguments)

    async def fetch_value(self, statement: str, *arguments: Any) -> Any:
        return await self.connection.fetchval(statement, *arguments)

    def emit(self, event: Event, *, division: str, sequence: int, cause: Envelope | None = None) -> None:
        """Tell the others, exactly if this transaction commits."""
        event_id, subject = new_id(), event.subject
        trace = _trace_of(cause) if cause is not None else current_trace.get() or Trace(str(event_id))
        envelope = Envelope(
            id=event_id,
            type=event.type(),
            source=self._source,
            subject=subject,
            partition_key=subject,
            time=self.now,
            division=division,
            sequence=sequence,
            correlation_id=trace.correlation_id,
            causation_id=trace.causation_id,
            traceparent=self.traceparent or trace.traceparent,
            data=event.encoded(),
            acting_client=trace.client,
        )
        self.send(self._topic, subject, envelope.headers(), envelope.data)

    def send(self, topic: str, key: str, headers: Mapping[str, str], value: bytes) -> None:
        """The raw form of ``emit``: any message to any topic, exactly if this transaction commits.

        Raises ``EventTooLarge``: what the bus does not take must not enter the outbox.
        """
        self._pending.append(outbox.row_of(topic, key, headers, value, self._shards))

    def tell_readers(self) -> None:
        """Wake whoever waits in this process for what is written here, once it is committed."""
        self.has_news = True

    @property
    def has_events(self) -> bool:
        return bool(self._pending)

    def remember(self, command: CommandKey, answer: Answer) -> None:
        """Keep the answer for whoever comes again with the command's key, exactly if this transaction commits."""
        self._answered = command, answer

    async def flush(self) -> None:
        """Write the pending events to the outbox, in the order in which they were emitted, and the answer."""
        pending, self._pending = self._pending, []
        answered, self._answered = self._answered, None
        await outbox.write(self.connection, pending, answered)
