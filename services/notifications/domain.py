"""From events to tasks: what is assigned, settled and cancelled, and who sees and does it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.notifications.rules import (
    ASSIGNMENTS,
    CANCELLATIONS,
    OFFICES,
    OVERSEERS,
    SETTLEMENTS,
    Assignment,
    Office,
)
from shared.areas import ancestor
from shared.clock import local_date
from shared.events import Event
from shared.events.received import Received

OPEN, DONE, CANCELLED = "open", "done", "cancelled"


@dataclass(frozen=True, slots=True)
class NewTask:
    """``cases``: how many cases the notice of a list is for."""

    kind: str
    office: str
    division: str
    subject_id: UUID
    case_id: UUID | None
    household_id: UUID | None
    list_id: UUID | None
    cases: int | None
    due_on: date | None
    cause: Received[Event]


@dataclass(frozen=True, slots=True)
class Ending:
    """Of the open tasks of one kind about one subject (of one office where named)."""

    kind: str
    subject_id: UUID
    office: str | None
    cause: Received[Event]


def waves(received: Sequence[Received[Event]]) -> Iterator[list[Received[Event]]]:
    """Parts in which each subject stands once, so that a part can be handled as a set and order per subject kept."""
    seen: dict[str, int] = defaultdict(int)
    parts: list[list[Received[Event]]] = []
    for one in received:
        turn = seen[one.envelope.subject]
        seen[one.envelope.subject] += 1
        if turn == len(parts):
            parts.append([])
        parts[turn].append(one)
    yield from parts


def assigned(received: Iterable[Received[Event]]) -> list[NewTask]:
    return [
        _task(rule, one)
        for one in received
        for rule in ASSIGNMENTS
        if type(one.event) is rule.event and rule.when(one.event)
    ]


def _task(rule: Assignment, one: Received[Event]) -> NewTask:
    event = one.event
    days = rule.kind.days
    return NewTask(
        kind=rule.kind.name,
        office=rule.office.name,
        division=division_of(rule.office, one.envelope.division),
        subject_id=getattr(event, rule.about),
        case_id=getattr(event, "case_id", None),
        household_id=getattr(event, "household_id", None),
        list_id=getattr(event, "list_id", None),
        cases=getattr(event, "passed", None),
        due_on=None if days is None else local_date(one.envelope.time) + timedelta(days=days),
        cause=one,
    )


def division_of(office: Office, division: str) -> str:
    """The office's own: above the event's at the office's level; the event's where it stands above that already."""
    return division if office.level is None else ancestor(division, office.level)


def settled(received: Iterable[Received[Event]]) -> list[Ending]:
    return [
        Ending(rule.kind.name, getattr(one.event, rule.about), rule.office.name if rule.office else None, one)
        for one in received
        for rule in SETTLEMENTS
        if type(one.event) is rule.event and rule.when(one.event)
    ]


def cancelled(received: Iterable[Received[Event]]) -> list[tuple[UUID, list[str], Received[Event]]]:
    """(case, kinds, cause)"""
    return [
        (UUID(one.envelope.subject), [kind.name for kind in rule.kinds], one)
        for one in received
        for rule in CANCELLATIONS
        if type(one.event) is rule.event
    ]


def offices_of(role: str) -> list[str]:
    """The offices whose tasks an officer of this role does."""
    return [office.name for office in OFFICES.values() if role in office.roles]


def offices_seen_by(role: str) -> list[str]:
    return list(OFFICES) if role in OVERSEERS else offices_of(role)


def may_complete(role: str, office: str, state: str, scopes: frozenset[str]) -> bool:
    return state == OPEN and office in offices_of(role) and "tasks:write" in scopes


def available_actions(role: str, office: str, state: str, scopes: frozenset[str]) -> list[str]:
    return ["complete"] if may_complete(role, office, state, scopes) else []
