"""Reading cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from shared.areas import prefix

if TYPE_CHECKING:
    from shared.database.transaction import Connection


async def case(connection: "Connection", case_id: UUID) -> asyncpg.Record | None:
    return await connection.fetchrow("SELECT * FROM cases WHERE id = $1", case_id)


async def case_with_history(connection: "Connection", case_id: UUID) -> asyncpg.Record | None:
    """The case; ``history`` holds its events in their order."""
    return await connection.fetchrow(
        """SELECT cases.*, (
             SELECT coalesce(jsonb_agg(to_jsonb(entry) - 'case_id' ORDER BY sequence), '[]')
             FROM case_history AS entry WHERE case_id = cases.id) AS history
           FROM cases WHERE id = $1""",
        case_id,
    )


async def households_of(connection: "Connection", case_ids: Sequence[UUID]) -> list[UUID]:
    rows = await connection.fetch("SELECT household_id FROM cases WHERE id = ANY($1::uuid[])", list(case_ids))
    return [row["household_id"] for row in rows]


async def open_cases_of(connection: "Connection", household_ids: Sequence[UUID]) -> list[UUID]:
    """Which of the households have an open case."""
    rows = await connection.fetch(
        "SELECT household_id FROM cases WHERE household_id = ANY($1::uuid[]) AND state = 'open'", list(household_ids)
    )
    return [row["household_id"] for row in rows]


async def cases(
    connection: "Connection",
    *,
    area: str,
    after: UUID | None,
    limit: int,
    updated_after: datetime | None,
    household_id: UUID | None,
    **equal: str | None,
) -> list[asyncpg.Record]:
    """A page in the order of ids; ``equal`` filters by step, stage, state and kind."""
    conditions, values = ["division LIKE $1"], [f"{prefix(area)}%"]
    wanted: list[tuple[str, Any]] = [(f"{name} =", value) for name, value in equal.items() if value is not None]
    if household_id is not None:
        wanted.append(("household_id =", household_id))
    if updated_after is not None:
        wanted.append(("updated_at >", updated_after))
    if after is not None:
        wanted.append(("id >", after))
    for condition, value in wanted:
        values.append(value)
        conditions.append(f"{condition} ${len(values)}")
    where = " AND ".join(conditions)
    return await connection.fetch(f"SELECT * FROM cases WHERE {where} ORDER BY id LIMIT {limit:d}", *values)  # noqa: S608


async def open_by_step(connection: "Connection") -> list[asyncpg.Record]:
    """How many open cases stand at each step: for the metrics."""
    return await connection.fetch("SELECT step, count(*) AS cases FROM cases WHERE state = 'open' GROUP BY step")
