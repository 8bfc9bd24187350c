"""Extracts and comparisons in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from services.identification.comparison.extracts import Extract
from services.identification.comparison.matching import Hit
from services.identification.problems import DATASET_GONE, DATASET_UNKNOWN
from services.identification.workflow import Stage
from shared.areas import prefix
from shared.auth import Principal
from shared.database.transaction import Transaction
from shared.http.uploads import Upload
from shared.ids import new_id
from shared.problems import Problem

if TYPE_CHECKING:
    from shared.database.transaction import Connection

KIND = "comparison"


# extracts


async def add_dataset(
    transaction: Transaction, dataset_id: UUID, kind: str, upload: Upload, extract: Extract, principal: Principal
) -> None:
    await transaction.execute(
        """INSERT INTO comparison_datasets (id, kind, division, digest, encoding, rows, uploaded_by, uploaded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        dataset_id,
        kind,
        principal.division,
        upload.digest,
        extract.encoding,
        extract.rows,
        principal.require_officer(),
        transaction.now,
    )


async def find_dataset(connection: "Connection", dataset_id: UUID, area: str) -> asyncpg.Record | None:
    return await connection.fetchrow(
        "SELECT * FROM comparison_datasets WHERE id = $1 AND division LIKE $2", dataset_id, f"{prefix(area)}%"
    )


async def datasets_page(connection: "Connection", area: str, after: UUID | None, limit: int) -> list[asyncpg.Record]:
    return await connection.fetch(
        """SELECT * FROM comparison_datasets WHERE division LIKE $1 AND ($2::uuid IS NULL OR id > $2)
           ORDER BY id LIMIT $3""",
        f"{prefix(area)}%",
        after,
        limit,
    )


async def lock_datasets(transaction: Transaction, dataset_ids: Sequence[UUID], area: str) -> list[asyncpg.Record]:
    """Raises ``dataset-unknown`` or ``dataset-gone``."""
    rows = await transaction.fetch(
        """SELECT id, kind, removed_at FROM comparison_datasets WHERE id = ANY($1::uuid[]) AND division LIKE $2
           ORDER BY id FOR UPDATE""",
        list(dataset_ids),
        f"{prefix(area)}%",
    )
    if len(rows) < len(set(dataset_ids)):
        raise Problem(DATASET_UNKNOWN)
    if gone := [str(row["id"]) for row in rows if row["removed_at"] is not None]:
        raise Problem(DATASET_GONE, datasets=gone)
    return rows


async def dataset_kinds(connection: "Connection", dataset_ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = await connection.fetch(
        "SELECT id, kind FROM comparison_datasets WHERE id = ANY($1::uuid[]) ORDER BY id", list(dataset_ids)
    )
    return {row["id"]: row["kind"] for row in rows}


async def release_datasets(transaction: Transaction, list_id: UUID, dataset_ids: Sequence[UUID]) -> None:
    """Mark as removed those extracts that no other running comparison needs."""
    await transaction.execute(
        """UPDATE comparison_datasets AS dataset SET removed_at = $3
           WHERE id = ANY($1::uuid[]) AND removed_at IS NULL AND NOT EXISTS (
             SELECT FROM lists WHERE kind = 'comparison' AND state = 'running' AND id <> $2
               AND details->'datasets' ? dataset.id::text)""",
        list(dataset_ids),
        list_id,
        transaction.now,
    )


async def removed_datasets(connection: "Connection", dataset_ids: Sequence[UUID]) -> list[UUID]:
    rows = await connection.fetch(
        "SELECT id FROM comparison_datasets WHERE id = ANY($1::uuid[]) AND removed_at IS NOT NULL", list(dataset_ids)
    )
    return [row["id"] for row in rows]


# comparisons


async def waiting_cases(connection: "Connection", division: str) -> list[UUID]:
    """The division's cases that await comparison."""
    rows = await connection.fetch(
        """SELECT id FROM cases WHERE state = 'open' AND step = 'county_comparison' AND stage = $1
             AND division LIKE $2 ORDER BY id""",
        Stage.COMPARISON.value,
        f"{prefix(division)}%",
    )
    return [row["id"] for row in rows]


async def compared_households(connection: "Connection", list_id: UUID) -> dict[UUID, UUID]:
    """Case by household."""
    rows = await connection.fetch(
        """SELECT cases.id, household_id FROM list_cases JOIN cases ON cases.id = case_id
           WHERE list_cases.list_id = $1 ORDER BY cases.id""",
        list_id,
    )
    return {row["household_id"]: row["id"] for row in rows}


_COMPARISONS = """SELECT lists.*, jobs.progress, jobs.total FROM lists
    LEFT JOIN jobs ON jobs.id = (lists.details->>'job_id')::uuid WHERE lists.kind = 'comparison'"""


async def find_comparison(connection: "Connection", list_id: UUID) -> asyncpg.Record | None:
    return await connection.fetchrow(f"{_COMPARISONS} AND lists.id = $1", list_id)


async def comparisons_page(
    connection: "Connection",
    area: str,
    after: UUID | None,
    limit: int,
    *,
    state: str | None,
    updated_after: datetime | None,
) -> list[asyncpg.Record]:
    return await connection.fetch(
        f"""{_COMPARISONS} AND lists.division LIKE $1 AND ($2::uuid IS NULL OR lists.id > $2)
              AND ($4::text IS NULL OR lists.state = $4) AND ($5::timestamptz IS NULL OR lists.updated_at > $5)
            ORDER BY lists.id LIMIT $3""",
        f"{prefix(area)}%",
        after,
        limit,
        state,
        updated_after,
    )


async def lock_comparison(transaction: Transaction, list_id: UUID) -> asyncpg.Record:
    row = await transaction.fetch_row("SELECT * FROM lists WHERE id = $1 FOR UPDATE", list_id)
    if row is None:
        raise RuntimeError("the comparison of a job is not in the database")
    return row


async def end_comparison(
    transaction: Transaction, list_id: UUID, state: str, details: Mapping[str, Any], outcomes: Mapping[UUID, str]
) -> None:
    await transaction.execute(
        "UPDATE lists SET state = $2, version = version + 1, details = details || $3, updated_at = $4 WHERE id = $1",
        list_id,
        state,
        dict(details),
        transaction.now,
    )
    await transaction.execute(
        """UPDATE list_cases SET outcome = told.outcome FROM unnest($2::uuid[], $3::text[]) AS told (case_id, outcome)
           WHERE list_id = $1 AND list_cases.case_id = told.case_id""",
        list_id,
        list(outcomes),
        list(outcomes.values()),
    )


@dataclass(frozen=True, slots=True)
class NewSuspect:
    case_id: UUID
    division: str
    hit: Hit


async def raise_suspects(
    transaction: Transaction, list_id: UUID, suspects: Sequence[NewSuspect]
) -> dict[UUID, list[UUID]]:
    """By case, the suspects that are new. One that the case had before is not raised again."""
    rows = await transaction.fetch(
        """INSERT INTO suspects (id, case_id, household_id, member_id, division, kind, criterion, fingerprint,
                                 evidence, list_id, state, version, raised_at, updated_at)
           SELECT told.*, $10::uuid, 'open', 1, $11::timestamptz, $11::timestamptz
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
                       $9::jsonb[]) AS told
           ON CONFLICT (case_id, fingerprint) DO NOTHING RETURNING id, case_id""",
        [new_id() for _ in suspects],
        [suspect.case_id for suspect in suspects],
        [suspect.hit.household_id for suspect in suspects],
        [suspect.hit.member_id for suspect in suspects],
        [suspect.division for suspect in suspects],
        [suspect.hit.kind.name.value for suspect in suspects],
        [suspect.hit.kind.criterion for suspect in suspects],
        [suspect.hit.fingerprint for suspect in suspects],
        [{"rows": list(suspect.hit.rows)} for suspect in suspects],
        list_id,
        transaction.now,
    )
    raised: dict[UUID, list[UUID]] = {}
    for row in rows:
        raised.setdefault(row["case_id"], []).append(row["id"])
    return raised
