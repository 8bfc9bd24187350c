"""Identification's own database with open cases in it, for the rows that act on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from services.identification.service import DEFINITION
from shared.clock import PolicyClock
from shared.database.database import Database
from shared.ids import new_id
from tests.bench.place import Place

GROUP = "500229001001001"
OFFICER = UUID(int=9)


@asynccontextmanager
async def identification(place: Place, connections: int) -> AsyncIterator[Database]:
    async with place.database(DEFINITION) as dsn:
        database = Database(DEFINITION.name, dsn, PolicyClock(), outbox_shards=2, connections=connections)
        await database.open()
        try:
            yield database
        finally:
            await database.close()


async def open_cases(database: Database, count: int, step: str, stage: str) -> list[UUID]:
    """Straight into the tables, with households of their own."""
    ids = [new_id() for _ in range(count)]
    async with database.connection() as connection:
        await connection.execute(
            """INSERT INTO cases (id, household_id, division, kind, submitted_by, state, step, stage, version, verdict,
                 publicity_over, open_objections, open_suspects, open_issues, evidence, applied_on,
                 created_at, updated_at)
               SELECT id, gen_random_uuid(), $2, 'entry', $3, 'open', $4, $5, 2, 'eligible', false, 0, 0, 0, '[]',
                 '2026-03-01', now(), now()
               FROM unnest($1::uuid[]) AS id""",
            ids,
            GROUP,
            OFFICER,
            step,
            stage,
        )
        await connection.execute("VACUUM ANALYZE cases")
    return ids
