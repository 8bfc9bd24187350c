"""What identification knows of households: a projection of their events, asked for where it has not arrived yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.identification.problems import HOUSEHOLD_UNKNOWN
from shared.context import ServiceContext
from shared.database.transaction import Transaction
from shared.problems import Problem


@dataclass(frozen=True, slots=True)
class KnownHousehold:
    """``news``: told by households itself just now, so that the projection has yet to learn it."""

    id: UUID
    division: str
    in_scope: bool
    version: int
    news: bool = False


async def learn(transaction: Transaction, households: Sequence[KnownHousehold]) -> None:
    """Take over what is newer than what is known."""
    newest = {household.id: household for household in sorted(households, key=lambda known: known.version)}
    await transaction.execute(
        """INSERT INTO known_households (id, division, in_scope, version)
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::int[]) ORDER BY 1
           ON CONFLICT (id) DO UPDATE
             SET division = excluded.division, in_scope = excluded.in_scope, version = excluded.version
             WHERE known_households.version < excluded.version""",
        list(newest),
        [household.division for household in newest.values()],
        [household.in_scope for household in newest.values()],
        [household.version for household in newest.values()],
    )


async def find_household(context: ServiceContext, household_id: UUID) -> KnownHousehold:
    """Before a transaction. Raises ``household-unknown``."""
    found = await find_households(context, [household_id])
    if household_id not in found:
        raise Problem(HOUSEHOLD_UNKNOWN)
    return found[household_id]


async def find_households(context: ServiceContext, household_ids: Sequence[UUID]) -> dict[UUID, KnownHousehold]:
    """Before a transaction: from the projection, and from households itself for what has not arrived yet."""
    async with context.database.connection() as connection:
        rows = await connection.fetch(
            "SELECT id, division, in_scope, version FROM known_households WHERE id = ANY($1::uuid[])",
            list(household_ids),
        )
    found = {row["id"]: KnownHousehold(**dict(row)) for row in rows}
    if missing := [str(household_id) for household_id in household_ids if household_id not in found]:
        answer = await context.peers.ask("households", "household", {"household_ids": missing})
        for item in answer["households"]:
            household_id = UUID(item["household_id"])
            found[household_id] = KnownHousehold(
                household_id, item["division"], item["in_scope"], item["version"], news=True
            )
    return found
