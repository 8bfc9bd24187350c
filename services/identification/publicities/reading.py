"""Reading publicities."""

from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

if TYPE_CHECKING:
    from shared.database.transaction import Connection


async def households_by_case(connection: "Connection", list_id: UUID) -> dict[UUID, UUID]:
    rows = await connection.fetch(
        """SELECT cases.id, cases.household_id FROM list_cases JOIN cases ON cases.id = list_cases.case_id
           WHERE list_cases.list_id = $1 ORDER BY cases.id""",
        list_id,
    )
    return {row["id"]: row["household_id"] for row in rows}


async def objections_of(connection: "Connection", list_id: UUID) -> list[asyncpg.Record]:
    return await connection.fetch(
        "SELECT id, case_id, state, raised_at, resolved_at FROM objections WHERE list_id = $1 ORDER BY id", list_id
    )
