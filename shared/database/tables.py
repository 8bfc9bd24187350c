"""The tables that every service has beside its own: delivery, idempotency, timers, jobs, the sandbox's clock.

Each service has a registry of its own: a shared one would collide on ``outbox``.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, LargeBinary, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


def service_base() -> type[SQLModel]:
    """A declarative base with a registry of its own."""

    class Base(SQLModel, registry=registry()):
        __abstract__ = True

    return Base


def moment(*, nullable: bool = False, now: bool = False) -> Any:
    """A ``timestamptz`` column."""
    default = text("now()") if now else None
    return Field(sa_column=Column(DateTime(timezone=True), nullable=nullable, server_default=default))


def json_column(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(JSONB, nullable=nullable))


def add_common_tables(base: Any) -> None:
    """Declare the common tables in the base's registry."""

    class Outbox(base, table=True):
        """Events decided and not yet on the bus. Position is drawn after the aggregate's row is locked."""

        __tablename__ = "outbox"
        __table_args__ = (Index("outbox_by_shard", "shard", "position"),)
        position: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
        shard: int = Field(sa_column=Column(SmallInteger, nullable=False))
        topic: str
        key: str
        headers: dict[str, Any] = json_column()
        value: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
        created_at: datetime = moment(now=True)

    class Inbox(base, table=True):
        """Events whose effects this database holds."""

        __tablename__ = "inbox"
        __table_args__ = (Index("inbox_by_age", "received_at"),)
        event_id: UUID = Field(primary_key=True)
        received_at: datetime = moment(now=True)

    class Parked(base, table=True):
        """A failing event and those behind it of its key, in order. Only the first of a key has a next attempt."""

        __tablename__ = "parked"
        __table_args__ = (
            Index("parked_by_key", "topic", "key", "sequence"),
            Index("parked_unique_event", "topic", "event_id", unique=True),
            Index("parked_due", "next_attempt_at", postgresql_where=text("state = 'waiting'")),
            Index("parked_letters", "letter_id", postgresql_where=text("letter_id IS NOT NULL")),
        )
        sequence: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
        topic: str
        key: str
        event_id: UUID
        shard: int = Field(sa_column=Column(SmallInteger, nullable=False))
        position: int = Field(sa_column=Column(BigInteger, nullable=False))
        headers: dict[str, Any] = json_column()
        value: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
        published_at: datetime = moment()
        state: str = Field(description="waiting: to be tried; dead: until an operator replays or skips it")
        attempts: int = 0
        cause: str | None = Field(default=None, description="class of the failure, never its text")
        first_failed_at: datetime | None = moment(nullable=True)
        next_attempt_at: datetime | None = moment(nullable=True)
        letter_id: UUID | None = Field(default=None, description="of its last death; kept while it is replayed")

    class ParkedDecision(base, table=True):
        """What was done with a dead event, by whose decision; who decided and why stands in audit."""

        __tablename__ = "parked_decisions"
        sequence: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
        topic: str
        event_id: UUID
        letter_id: UUID
        action: str = Field(description="replay or skip")
        decision_id: UUID
        decided_at: datetime = moment(now=True)

    class IdempotencyKey(base, table=True):
        """A command's answer, kept in the command's own transaction."""

        __tablename__ = "idempotency_keys"
        __table_args__ = (Index("idempotency_keys_by_age", "created_at"),)
        principal: str = Field(primary_key=True)
        route: str = Field(primary_key=True)
        key: str = Field(primary_key=True)
        request_digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
        status: int | None = None
        headers: dict[str, Any] | None = json_column(nullable=True)
        body: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
        created_at: datetime = moment(now=True)

    class Timer(base, table=True):
        """A moment of the policy clock at which something is announced."""

        __tablename__ = "timers"
        __table_args__ = (Index("timers_due", "due_at", postgresql_where=text("fired_at IS NULL")),)
        id: UUID = Field(primary_key=True)
        kind: str
        subject: UUID
        due_at: datetime = moment()
        fired_at: datetime | None = moment(nullable=True)

    class Job(base, table=True):
        """Long work: claimed by one worker at a time, resumed after a death."""

        __tablename__ = "jobs"
        __table_args__ = (Index("jobs_open", "created_at", postgresql_where=text("state IN ('queued', 'running')")),)
        id: UUID = Field(primary_key=True)
        kind: str
        state: str = Field(description="queued, running, succeeded, failed")
        division: str
        requested_by: UUID
        arguments: dict[str, Any] = json_column()
        progress: int = 0
        total: int | None = None
        result: dict[str, Any] | None = json_column(nullable=True)
        created_at: datetime = moment()
        updated_at: datetime = moment()

    class ClockOffset(base, table=True):
        """The sandbox's offset of the policy clock; one row."""

        __tablename__ = "policy_clock"
        id: int = Field(default=1, primary_key=True)
        seconds: float = 0.0
