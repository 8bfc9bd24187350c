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
    id: UUID
    division: str
    in_scope: bool
    version: int


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
    async with context.database.connection() as connection:
        row = await connection.fetchrow(
            "SELECT id, division, in_scope, version FROM known_households WHERE id = $1", household_id
        )
    if row is not None:
        return KnownHousehold(**dict(row))
    answer = await context.peers.ask("households", "household", {"household_ids": [str(household_id)]})
    found = [KnownHousehold(**_known(item)) for item in answer["households"]]
    if not found:
        raise Problem(HOUSEHOLD_UNKNOWN)
    return found[0]


def _known(item: dict[str, object]) -> dict[str, object]:
    kept = {name: item[name] for name in ("division", "in_scope", "version")}
    return kept | {"id": UUID(str(item["household_id"]))}
