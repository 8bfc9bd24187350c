"""Suspects and their signatures in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from services.identification.comparison.domain import Verification, restored
from shared.areas import prefix
from shared.database.transaction import Transaction

if TYPE_CHECKING:
    from shared.database.transaction import Connection

_SUSPECTS = """
    SELECT suspects.*, coalesce(signed.told, '[]') AS signed,
      ARRAY[cases.kind, cases.state, cases.step, cases.stage] AS standing
    FROM suspects JOIN cases ON cases.id = suspects.case_id
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_array(round, level, outcome) ORDER BY round, level DESC) AS told
      FROM suspect_signatures WHERE suspect_id = suspects.id) AS signed"""
"""Each with where its case stands and its signatures: within a round the village signs before the township."""


def verification_of(row: asyncpg.Record) -> Verification:
    return restored(row["state"], [tuple(one) for one in row["signed"]])


async def find(connection: "Connection", suspect_id: UUID) -> asyncpg.Record | None:
    return await connection.fetchrow(f"{_SUSPECTS} WHERE suspects.id = $1", suspect_id)


async def lock(transaction: Transaction, suspect_id: UUID) -> asyncpg.Record:
    """After its case was locked, so that two signatures wait for one another."""
    row = await transaction.fetch_row(f"{_SUSPECTS} WHERE suspects.id = $1", suspect_id)
    if row is None:
        raise RuntimeError("a suspect that was found is gone")
    return row


async def page(
    connection: "Connection", *, area: str, after: UUID | None, limit: int, updated_after: datetime | None, **equal: Any
) -> list[asyncpg.Record]:
    """In the order of ids; ``equal`` filters by state, case_id and list_id."""
    conditions, values = ["suspects.division LIKE $1"], [f"{prefix(area)}%"]
    wanted = [(f"suspects.{name} =", value) for name, value in equal.items() if value is not None]
    if updated_after is not None:
        wanted.append(("suspects.updated_at >", updated_after))
    if after is not None:
        wanted.append(("suspects.id >", after))
    for condition, value in wanted:
        values.append(value)
        conditions.append(f"{condition} ${len(values)}")
    where = " AND ".join(conditions)
    return await connection.fetch(f"{_SUSPECTS} WHERE {where} ORDER BY suspects.id LIMIT {limit:d}", *values)


async def signatures(connection: "Connection", suspect_id: UUID) -> list[asyncpg.Record]:
    return await connection.fetch(
        """SELECT round, level, outcome, reason, evidence, signed_by, signed_at FROM suspect_signatures
           WHERE suspect_id = $1 ORDER BY signed_at, round""",
        suspect_id,
    )


async def add(
    transaction: Transaction,
    suspect_id: UUID,
    verification: Verification,
    reason: str,
    evidence: Sequence[str],
    officer_id: UUID,
) -> None:
    """The newest signature of ``verification``, and the state that it led to."""
    newest = verification.signatures[-1]
    await transaction.execute(
        """INSERT INTO suspect_signatures (suspect_id, round, level, outcome, reason, evidence, signed_by, signed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        suspect_id,
        newest.round,
        newest.level.value,
        newest.outcome.value,
        reason,
        list(evidence),
        officer_id,
        transaction.now,
    )
    await transaction.execute(
        "UPDATE suspects SET state = $2, version = version + 1, updated_at = $3 WHERE id = $1",
        suspect_id,
        verification.state,
        transaction.now,
    )
