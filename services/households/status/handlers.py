"""Registrations of identification become the status that a household shows. Older news never covers newer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.clock import local_date
from shared.codes import HouseholdStatus
from shared.database.transaction import Transaction
from shared.delivery.consumer import Handlers, Received
from shared.events.identification import HouseholdIdentified, HouseholdRegistrationImported


class HouseholdMissing(LookupError):
    """A registration speaks of a household that is not here: parked, for an operator to see."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A household's status by one registration."""

    household_id: UUID
    version: int
    status: str
    since: date
    case_id: UUID | None


async def identified(transaction: Transaction, received: Sequence[Received[HouseholdIdentified]]) -> None:
    await _project(
        transaction,
        [
            Standing(
                each.event.household_id,
                each.event.registration_version,
                HouseholdStatus.POOR,
                local_date(each.envelope.time),
                each.event.case_id,
            )
            for each in received
        ],
    )


async def registration_imported(
    transaction: Transaction, received: Sequence[Received[HouseholdRegistrationImported]]
) -> None:
    await _project(
        transaction,
        [
            Standing(
                each.event.household_id, each.event.registration_version, each.event.status, each.event.since, None
            )
            for each in received
        ],
    )


async def _project(transaction: Transaction, standings: Sequence[Standing]) -> None:
    newest = {each.household_id: each for each in sorted(standings, key=lambda each: each.version)}
    ids = list(newest)
    known = await transaction.fetch("SELECT id FROM households WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE", ids)
    if len(known) < len(ids):
        raise HouseholdMissing
    await transaction.execute(
        """UPDATE households SET status = new.status, status_since = new.since, status_case_id = new.case_id,
                  registration_version = new.version, updated_at = $6
           FROM unnest($1::uuid[], $2::int[], $3::text[], $4::date[], $5::uuid[])
                AS new (id, version, status, since, case_id)
           WHERE households.id = new.id AND households.registration_version < new.version""",
        ids,
        [each.version for each in newest.values()],
        [each.status for each in newest.values()],
        [each.since for each in newest.values()],
        [each.case_id for each in newest.values()],
        transaction.now,
    )


HANDLERS: Handlers = {
    HouseholdIdentified: identified,
    HouseholdRegistrationImported: registration_imported,
}
