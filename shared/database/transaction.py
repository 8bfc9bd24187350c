"""One transaction: state, outbox, inbox and idempotency commit together or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from zlib import crc32

import asyncpg

from shared.bus.port import Message
from shared.bus.topics import refuse_oversized
from shared.database.idempotency import Answer, CommandKey, write_answer
from shared.events.base import Envelope, Event
from shared.ids import new_id

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
else:
    Connection = Any  # asyncpg's classes are generic for the type checker only


@dataclass(frozen=True, slots=True)
class Trace:
    """What links an event to its origin."""

    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None


current_trace: ContextVar[Trace | None] = ContextVar("current_trace", default=None)


def outbox_shard(key: str, shards: int) -> int:
    return crc32(key.encode()) % shards


class Transaction:
    """State, outbox, inbox and idempotency of one command or one batch of events.

    ``now`` is the policy clock's moment. Events given to ``emit`` are written to the outbox in one statement
    when the transaction ends, after every row that they speak of has been locked.
    """

    def __init__(self, connection: "Connection", *, service: str, now: datetime, outbox_shards: int) -> None:
        self.connection = connection
        self.now = now
        self._service = service
        self._shards = outbox_shards
        self._pending: list[Message] = []
        self._answered: tuple[CommandKey, Answer] | None = None

    async def execute(self, statement: str, *arguments: Any) -> str:
        return await self.connection.execute(statement, *arguments)

    async def execute_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        await self.connection.executemany(statement, rows)

    async def fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        return await self.connection.fetch(statement, *arguments)

    async def fetch_row(self, statement: str, *arguments: Any) -> asyncpg.Record | None:
        return await self.connection.fetchrow(statement, *arguments)

    async def fetch_value(self, statement: str, *arguments: Any) -> Any:
        return await self.connection.fetchval(statement, *arguments)

    def emit(self, event: Event, *, division: str, sequence: int, cause: Envelope | None = None) -> Envelope:
        """Tell the others, exactly if this transaction commits."""
        trace = current_trace.get()
        event_id = new_id()
        correlation = trace.correlation_id if trace else str(event_id)
        causation = trace.causation_id if trace else None
        traceparent = trace.traceparent if trace else None
        if cause is not None:
            correlation, causation, traceparent = cause.correlation_id, str(cause.id), cause.traceparent
        envelope = Envelope(
            id=event_id,
            type=event.type(),
            source=f"/jingzhun/{self._service}",
            subject=event.subject,
            partition_key=event.subject,
            time=self.now,
            division=division,
            sequence=sequence,
            correlation_id=correlation,
            causation_id=causation,
            traceparent=traceparent,
            data=event.encoded(),
        )
        topic = f"jingzhun.{self._service}.v1"
        self.send(topic, envelope.partition_key, envelope.headers(), envelope.data)
        return envelope

    def send(self, topic: str, key: str, headers: Mapping[str, str], value: bytes) -> None:
        """The raw form of ``emit``: any message to any topic, exactly if this transaction commits.

        Raises ``EventTooLarge``: what the bus does not take must not enter the outbox.
        """
        message = Message(topic, key, headers, value)
        refuse_oversized(message)
        self._pending.append(message)

    @property
    def has_events(self) -> bool:
        return bool(self._pending)

    def remember(self, command: CommandKey, answer: Answer) -> None:
        """Keep the answer for whoever comes again with the command's key, exactly if this transaction commits."""
        self._answered = command, answer

    async def flush(self) -> None:
        """Write the pending events to the outbox, in the order in which they were emitted, and the answer."""
        if self._answered is not None:
            await write_answer(self.connection, *self._answered)
        if not self._pending:
            return
        pending, self._pending = self._pending, []
        await self.connection.execute(
            """INSERT INTO outbox (shard, topic, key, headers, value)
               SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[])""",
            [outbox_shard(message.key, self._shards) for message in pending],
            [message.topic for message in pending],
            [message.key for message in pending],
            [dict(message.headers) for message in pending],
            [message.value for message in pending],
        )
