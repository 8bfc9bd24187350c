"""Builds that are broken on purpose, to show that the rig finds it: ``python -m tests.chaos.broken serve …``.

``CHAOS_BROKEN`` names the way. Each dwells for a moment where the right build would be safe, so that a kill finds it
there for certain.
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence

from services.__main__ import main
from shared.bus.port import Delivery
from shared.database.transaction import Transaction
from shared.delivery import consumer
from shared.delivery.consumer import BATCH, Consumer
from shared.delivery.dispatch import Parcel

VARIABLE = "CHAOS_BROKEN"
_DWELL_SECONDS = 0.5
_WAIT_SECONDS = 0.5


def without_inbox() -> None:
    """Every delivery is let in, known or not; effects are committed a moment before the offsets."""
    take = Consumer._take

    async def take_and_dwell(self: Consumer, deliveries: Sequence[Delivery]) -> None:
        await take(self, deliveries)
        await asyncio.sleep(_DWELL_SECONDS)

    consumer.admit = _admit_everything  # type: ignore[attr-defined]
    Consumer._take = take_and_dwell  # type: ignore[method-assign]


async def _admit_everything(transaction: Transaction, parcels: Sequence[Parcel]) -> list[Parcel]:
    await transaction.execute(
        """INSERT INTO inbox (event_id) SELECT DISTINCT id FROM unnest($1::uuid[]) AS id ORDER BY id
           ON CONFLICT (event_id) DO UPDATE SET received_at = now()""",
        [parcel.id for parcel in parcels],
    )
    return list(parcels)


def offsets_first() -> None:
    """Acknowledged on receipt; the effects follow a moment later, or never."""
    Consumer._consume = _consume_offsets_first  # type: ignore[method-assign]


async def _consume_offsets_first(self: Consumer, stop: asyncio.Event) -> None:
    async with self._bus.subscribe(self._group, self._topics) as subscription:
        while not stop.is_set():
            deliveries = await subscription.receive(BATCH, _WAIT_SECONDS)
            if deliveries:
                await subscription.acknowledge(deliveries)
                await asyncio.sleep(_DWELL_SECONDS)
                await self._take(deliveries)


WAYS: Mapping[str, Callable[[], None]] = {"without-inbox": without_inbox, "offsets-first": offsets_first}


if __name__ == "__main__":
    WAYS[os.environ[VARIABLE]]()
    main()
