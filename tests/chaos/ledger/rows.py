"""The entries of the ledger: what was answered, what was committed, and what became of it elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Command:
    """Answered with success. ``made`` is what the answer names as its own: an id, a digest, or nothing."""

    key: str
    method: str
    path: str
    status: int
    made: str

    @property
    def trace(self) -> str:
        """The correlation of every event that follows from the command."""
        return UUID(self.key).hex


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A row of ``idempotency_keys`` of a service."""

    service: str
    key: str
    status: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """An event that its transaction has put into the outbox, in the order of doing so."""

    service: str
    event_id: UUID
    topic: str
    name: str
    subject: str
    sequence: int
    trace: str


@dataclass(frozen=True, slots=True)
class Archived:
    """In the order of the archive."""

    event_id: UUID
    topic: str
    subject: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Received:
    """Deliveries of one event to a service that came to a commit: how many, and how many were let in."""

    service: str
    event_id: UUID
    times: int
    admitted: int


@dataclass(frozen=True, slots=True)
class Version:
    """An aggregate and the count of its events, as the state of its owner has it."""

    service: str
    topic: str
    subject: str
    version: int


@dataclass(frozen=True, slots=True)
class Task:
    """``attempts``: how many committed transactions set out to make it."""

    cause_id: UUID
    kind: str
    office: str
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A household and what holds of it, by the authority or by a projection of it."""

    household_id: UUID
    facts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something that waits though everything was left in peace."""

    service: str
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that the auditor has read. ``consumed``: the names of events that a service acts upon."""

    commands: Sequence[Command] = ()
    contradicted: Sequence[str] = ()
    kept: Sequence[KeptAnswer] = ()
    made: Mapping[str, frozenset[str]] = field(default_factory=dict)
    told: Sequence[Told] = ()
    archived: Sequence[Archived] = ()
    received: Sequence[Received] = ()
    versions: Sequence[Version] = ()
    consumed: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    tasks_due: Sequence[Task] = ()
    tasks: Sequence[Task] = ()
    registrations: Sequence[Standing] = ()
    statuses: Sequence[Standing] = ()
    households: Sequence[Standing] = ()
    known_households: Sequence[Standing] = ()
    unfinished: Sequence[Unfinished] = ()

    @property
    def redelivered(self) -> int:
        """Deliveries of an event to a service after the first; attempts that died before a commit leave no trace."""
        return sum(each.times - 1 for each in self.received)

    @property
    def duplicates_dropped(self) -> int:
        """Of them, those that the inbox refused."""
        return sum(each.times - each.admitted for each in self.received)
