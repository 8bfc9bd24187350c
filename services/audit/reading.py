"""What the archive shows to whom: the statements behind its routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from services.audit.conditions import Conditions
from services.audit.domain import name_of
from services.audit.interest import Interest
from services.audit.positions import BEGINNING, Position, position_of
from shared.auth import Principal
from shared.events import Event
from shared.events.notifications import TaskEvent

if TYPE_CHECKING:
    from shared.database.transaction import Connection

PAGE_BYTES = 16 * 1024 * 1024
_READ = "position, event_id, type, name, subject, division, correlation_id, topic, headers, value"
TASK_EVENTS = [name_of(type_) for type_, model in Event.registry.items() if issubclass(model, TaskEvent)]


@dataclass(frozen=True, slots=True)
class Section:
    """A run of the archive: the rows that were asked for, and the last position that was looked at.

    ``full``: there may be more of it behind.
    """

    rows: list[asyncpg.Record]
    end: Position
    full: bool


class UnknownPosition(LookupError):
    """Nothing stands there, or another event than the one by which it is marked."""


async def section(
    connection: "Connection",
    interest: Interest | None,
    *,
    after: Position | None,
    limit: int,
    most_bytes: int = PAGE_BYTES,
) -> Section:
    """What stands behind ``after``, or behind the head; everything where there is no ``interest``.

    One statement: its rows and the head are of one moment. Of more than ``most_bytes`` the rest is left for the next.
    Raises ``UnknownPosition``.
    """
    conditions = Conditions(after and after.number, limit, most_bytes)
    if interest is not None:
        interest.constrain(conditions)
    found = await connection.fetch(
        f"""WITH newest AS (SELECT position, event_id FROM archive ORDER BY position DESC LIMIT 1),
                 stands AS (SELECT event_id FROM archive WHERE position = $1),
                 fitting AS (
                     SELECT {_READ} FROM archive
                     WHERE position > coalesce($1::bigint, (SELECT position FROM newest))
                       AND {conditions.text}
                     ORDER BY position LIMIT $2),
                 measured AS (
                     SELECT *, count(*) OVER () AS found,
                            sum(octet_length(value)) OVER (ORDER BY position) - octet_length(value) AS bytes_before
                     FROM fitting)
            SELECT newest.position AS head, newest.event_id AS head_id,
                   (SELECT event_id FROM stands) AS stands_id, measured.*
            FROM (VALUES (true)) AS one (row)
            LEFT JOIN newest ON true LEFT JOIN measured ON bytes_before < $3
            ORDER BY measured.position""",  # noqa: S608  # conditions hold placeholders only
        *conditions.arguments,
    )
    first = found[0]
    _require_standing(after, first["stands_id"])
    rows = [row for row in found if row["position"] is not None]
    if rows and (len(rows) == limit or len(rows) < first["found"]):
        return Section(rows, position_of(rows[-1]["position"], rows[-1]["event_id"]), full=True)
    head = BEGINNING if first["head"] is None else position_of(first["head"], first["head_id"])
    return Section(rows, head, full=False)


def _require_standing(after: Position | None, event_id: UUID | None) -> None:
    if after is None or after == BEGINNING:
        return
    if event_id is None or position_of(after.number, event_id) != after:
        raise UnknownPosition(after.number)


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
