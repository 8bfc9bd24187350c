"""Answers without end: lines of JSON, fetched for some households at a time, with no connection held in between."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import orjson

from shared.database.database import Database

HOUSEHOLDS_A_FETCH = 1_000
ID_NUMBERS = """SELECT household_id, id AS member_id, id_number FROM members
    WHERE household_id = ANY($1::uuid[]) AND until IS NULL AND id_number IS NOT NULL ORDER BY household_id, id"""
MEMBER_RECORDS = """SELECT m.household_id, h.division, m.id AS member_id, m.id_number, m.sex, m.relation,
        m.registration, m.ethnicity, m.education, m.schooling, m.health, m.labour, m.migrant_work,
        m.minimum_living_allowance, m.medical_insurance, m.pension_insurance,
        m.id_number IS NOT NULL AND EXISTS (
            SELECT FROM members other WHERE other.id_number = m.id_number AND other.until IS NULL
               AND other.household_id <> m.household_id
        ) AS lives_elsewhere_too
    FROM members m JOIN households h ON h.id = m.household_id
    WHERE m.household_id = ANY($1::uuid[]) AND m.until IS NULL ORDER BY m.household_id, m.id"""


async def lines(database: Database, statement: str, household_ids: Sequence[UUID]) -> AsyncIterator[bytes]:
    """One line a member, in the order of households and members."""
    ordered = sorted(set(household_ids))
    for start in range(0, len(ordered), HOUSEHOLDS_A_FETCH):
        async with database.connection() as connection:
            rows = await connection.fetch(statement, ordered[start : start + HOUSEHOLDS_A_FETCH])
        if rows:
            yield b"".join(_line(dict(row)) for row in rows)


def _line(row: dict[str, Any]) -> bytes:
    return orjson.dumps({name: _plain(value) for name, value in row.items()}, option=orjson.OPT_APPEND_NEWLINE)


def _plain(value: Any) -> Any:
    """The driver's own kind of UUID is a stranger to the encoder."""
    return str(value) if isinstance(value, UUID) else value
