"""Audit's tables: every event as it came, in one order; the dead letters and what was decided about them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, LargeBinary, SmallInteger, Text, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.database.tables import add_common_tables, json_column, moment


class Base(SQLModel, registry=registry()):
    pass


add_common_tables(Base)


class ArchivedEvent(Base, table=True):
    """``value`` is byte for byte what was received; beside it stands what could be read of the headers.

    Rows are added under one lock, in the order of their positions, and never changed.
    """

    __tablename__ = "archive"
    __table_args__ = (
        Index("archive_by_name", "name", "position"),
        Index("archive_by_subject", "subject", "position"),
        Index("archive_by_division", "division", "position"),
        Index("archive_by_correlation", "correlation_id", "position"),
        Index("archive_by_cause", "causation_id", postgresql_where=text("causation_id IS NOT NULL")),
    )
    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    event_id: UUID = Field(unique=True)
    type: str | None = None
    name: str | None = Field(default=None, description="the event's name within its type; any other type whole")
    subject: str | None = None
    division: str | None = Field(
        default=None,
        sa_column=Column(Text(collation="C"), nullable=True),
        description="null where there is none or none that could be read",
    )
    sequence: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    time: datetime | None = moment(nullable=True)
    correlation_id: str | None = None
    causation_id: str | None = None
    topic: str
    shard: int = Field(sa_column=Column(SmallInteger, nullable=False))
    bus_position: int = Field(sa_column=Column(BigInteger, nullable=False))
    key: str
    headers: dict[str, Any] = json_column()
    value: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    published_at: datetime = moment()
    archived_at: datetime = moment(now=True)


class DeadLetter(Base, table=True):
    """One death of one event in one consumer. Built from the archived events alone; no payload, no text of a person."""

    __tablename__ = "dead_letters"
    __table_args__ = (Index("dead_letters_by_division", "division", "id"),)
    id: UUID = Field(primary_key=True)
    consumer: str
    topic: str
    event_id: UUID = Field(description="by which the archive knows the event")
    type: str | None = None
    name: str | None = None
    subject: UUID | None = None
    division: str | None = Field(default=None, sa_column=Column(Text(collation="C"), nullable=True))
    cause: str = Field(description="class of the failure, never its text")
    attempts: int
    behind: int = Field(description="events of its key that waited for it when last heard of")
    first_failed_at: datetime = moment()
    died_at: datetime = moment()
    predecessor: UUID | None = Field(default=None, description="the letter whose replay ended in this one")
    successor: UUID | None = None
    state: str


class DeadLetterDecision(Base, table=True):
    """What an operator decided, and why: the reason stands here and nowhere else."""

    __tablename__ = "dead_letter_decisions"
    id: UUID = Field(primary_key=True)
    letter_id: UUID = Field(unique=True)
    action: str = Field(description="replay or skip")
    reason: str
    decided_by: str = Field(description="subject of the token: an officer's id or a client's name")
    decided_at: datetime = moment()


class StreamTicket(Base, table=True):
    """A ticket for one stream: its digest, and under seal the token of whom it was issued to. The ticket is the key."""

    __tablename__ = "stream_tickets"
    __table_args__ = (Index("stream_tickets_by_age", "expires_at"),)
    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    sealed_token: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    filters: dict[str, Any] = json_column()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(nullable=True)


METADATA = Base.metadata
