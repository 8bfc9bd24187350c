"""The inbox: an event's row, in the transaction of its effects, makes them happen once."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.delivery.dispatch import Parcel
from shared.delivery.persistence import pause, persist

_SWEEP_SECONDS = 600.0
_SWEEP_ROWS = 10_000


async def admit(transaction: Transaction, parcels: Sequence[Parcel]) -> list[Parcel]:
    """Those never admitted before, in their order. Waits for a rival transaction that admits one of them."""
    # Sorted, so that two transactions that admit the same events wait for each other and never deadlock.
    rows = await transaction.fetch(
        """INSERT INTO inbox (event_id) SELECT id FROM unnest($1::uuid[]) AS id ORDER BY id
           ON CONFLICT (event_id) DO NOTHING RETURNING event_id""",
        [parcel.id for parcel in parcels],
    )
    unseen = {row["event_id"] for row in rows}
    admitted: list[Parcel] = []
    for parcel in parcels:
        if parcel.id in unseen:
            unseen.remove(parcel.id)
            admitted.append(parcel)
    return admitted


class RetentionTooShort(ValueError):
    """The inbox would forget events that the bus may still deliver."""


def check_retention(inbox_days: int, bus_days: int, replay_days: int) -> None:
    """Raises ``RetentionTooShort``. Called at start-up: a forgotten event delivered again would take effect twice."""
    needed = bus_days + replay_days
    if inbox_days < needed:
        raise RetentionTooShort(
            f"the inbox is kept {inbox_days} days, but the bus keeps messages {bus_days} days and replay reaches"
            f" {replay_days} days back: keep the inbox at least {needed} days"
        )


class InboxSweeper:
    """Forgets inbox rows older than ``keep``, a few thousand at a time."""

    def __init__(self, database: Database, keep: timedelta) -> None:
        self._database = database
        self._keep = keep

    async def run(self, stop: asyncio.Event) -> None:
        async def work() -> None:
            if await self.sweep() < _SWEEP_ROWS:
                await pause(stop, _SWEEP_SECONDS)

        await persist(work, stop, service=self._database.service, task="inbox sweeper")

    async def sweep(self) -> int:
        async with self._database.transaction() as transaction:
            rows = await transaction.fetch(
                """DELETE FROM inbox WHERE event_id IN (
                       SELECT event_id FROM inbox WHERE received_at < now() - $1::interval
                       ORDER BY received_at LIMIT $2)
                   RETURNING event_id""",
                self._keep,
                _SWEEP_ROWS,
            )
            return len(rows)
