"""Registrations in the database: append-only; a household's newest version is its status."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from shared.areas import prefix
from shared.database.transaction import Transaction

if TYPE_CHECKING:
    from shared.database.transaction import Connection


@dataclass(frozen=True, slots=True)
class CurrentRegistration:
    status: str
    version: int
    since: date
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class NewRegistration:
    household_id: UUID
    version: int
    status: str
    since: date
    division: str
    case_id: UUID | None = None
    policy_version: str | None = None


async def current_registrations(
    connection: "Connection", household_ids: Sequence[UUID]
) -> dict[UUID, CurrentRegistration]:
    """By household; absent where it was never registered."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (household_id) household_id, status, version, since, case_id FROM registrations
           WHERE household_id = ANY($1::uuid[]) ORDER BY household_id, version DESC""",
        list(household_ids),
    )
    return {
        row["household_id"]: CurrentRegistration(row["status"], row["version"], row["since"], row["case_id"])
        for row in rows
    }


async def register(transaction: Transaction, registrations: Sequence[NewRegistration]) -> None:
    """Append. The primary key (household, version) refuses two decisions at once about one household."""
    rows = [astuple(registration) for registration in registrations]
    await transaction.execute(
        """INSERT INTO registrations
             (household_id, version, status, since, division, case_id, policy_version, recorded_at)
           SELECT *, $8::timestamptz
           FROM unnest($1::uuid[], $2::int[], $3::text[], $4::date[], $5::text[], $6::uuid[], $7::text[])""",
        *[list(column) for column in zip(*rows, strict=True)] or [[]] * 7,
        transaction.now,
    )


async def registrations_page(
    connection: "Connection",
    area: str,
    status: str | None,
    updated_after: datetime | None,
    after: UUID | None,
    limit: int,
) -> list[asyncpg.Record]:
    return await connection.fetch(
        """SELECT household_id, division, status, since, version, case_id, recorded_at
           FROM registrations AS current
           WHERE division LIKE $1 AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR household_id > $3)
             AND NOT EXISTS (SELECT FROM registrations AS later
                             WHERE later.household_id = current.household_id AND later.version > current.version)
             AND ($5::timestamptz IS NULL OR recorded_at > $5)
           ORDER BY household_id LIMIT $4""",
        f"{prefix(area)}%",
        status,
        after,
        limit,
        updated_after,
    )
