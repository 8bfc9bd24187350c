"""What the archive shows to whom: the statements behind its routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from services.audit.conditions import UNPLACED, Conditions
from services.audit.domain import name_of, wanted
from shared.auth import Principal
from shared.events import Event
from shared.events.notifications import TaskEvent

if TYPE_CHECKING:
    from shared.database.transaction import Connection

TASK_EVENTS = [name_of(type_) for type_, model in Event.registry.items() if issubclass(model, TaskEvent)]


@dataclass(frozen=True, slots=True)
class Filter:
    """``type`` is a full type or a short name; the others are exact; ``division`` covers what lies in it."""

    type: str | None = None
    subject: str | None = None
    division: str | None = None
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A run of the archive: the rows that were asked for, and the last position that was looked at."""

    rows: list[asyncpg.Record]
    end: int
    head: int


async def section(
    connection: "Connection", principal: Principal, asked: Filter, *, after: int | None, limit: int
) -> Section:
    """What stands behind ``after``, or behind the head. One statement: its rows and the head are of one moment."""
    conditions = Conditions(after, limit)
    unplaced = asked.division is None and principal.role in UNPLACED
    conditions.within(asked.division or principal.division, unplaced=unplaced)
    if asked.type is not None:
        name, type_ = wanted(asked.type)
        conditions.add("name = {}", name)
        if type_ is not None:
            conditions.add("type = {}", type_)
    if asked.subject is not None:
        conditions.add("subject = {}", asked.subject)
    if asked.correlation is not None:
        conditions.add("correlation_id = {}", asked.correlation)
    found = await connection.fetch(
        f"""SELECT head, event.* FROM (SELECT coalesce(max(position), 0) AS head FROM archive) AS newest
            LEFT JOIN LATERAL (
                SELECT position, event_id, topic, headers, value FROM archive
                WHERE position > coalesce($1::bigint, head) AND {conditions.text}
                ORDER BY position LIMIT $2) AS event ON true
            ORDER BY position""",  # noqa: S608  # conditions hold placeholders only
        *conditions.arguments,
    )
    head: int = found[0]["head"]
    rows = [row for row in found if row["position"] is not None]
    end = rows[-1]["position"] if len(rows) == limit else head
    return Section(rows, end, head)


_SHOWN = "position, event_id, type, name, subject, division, sequence, time, causation_id, correlation_id, value"
_WHOLE = "type IS NOT NULL AND subject IS NOT NULL AND sequence IS NOT NULL AND time IS NOT NULL"


async def own_events(connection: "Connection", principal: Principal, case_id: UUID) -> list[asyncpg.Record]:
    """Of the case itself, in its own order."""
    conditions = Conditions(str(case_id))
    conditions.within(principal.division, unplaced=False)
    return await connection.fetch(
        f"""SELECT {_SHOWN} FROM archive
            WHERE subject = $1 AND {_WHOLE} AND {conditions.text}
            ORDER BY sequence, position""",  # noqa: S608  # conditions hold placeholders only
        *conditions.arguments,
    )


async def related_events(
    connection: "Connection", principal: Principal, own: Sequence[UUID], lists: Sequence[str]
) -> list[asyncpg.Record]:
    """What the case's lists tell, what they and the case's events caused, and what became of those tasks."""
    conditions = Conditions(list(own), list(lists), TASK_EVENTS)
    conditions.within(principal.division, unplaced=False)
    return await connection.fetch(
        f"""WITH headers AS (
                SELECT event_id FROM archive WHERE subject = ANY($2::text[])),
            causes AS (
                SELECT unnest($1::uuid[])::text AS id UNION ALL SELECT event_id::text FROM headers),
            caused AS (
                SELECT event_id, subject, name FROM archive WHERE causation_id IN (SELECT id FROM causes)),
            related AS (
                SELECT event_id FROM headers
                UNION SELECT event_id FROM caused
                UNION SELECT event_id FROM archive
                      WHERE subject IN (SELECT subject FROM caused WHERE name = ANY($3::text[])))
            SELECT {_SHOWN} FROM archive JOIN related USING (event_id)
            WHERE event_id <> ALL($1::uuid[]) AND {_WHOLE} AND {conditions.text}
            ORDER BY position""",  # noqa: S608  # conditions hold placeholders only
        *conditions.arguments,
    )
