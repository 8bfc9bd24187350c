"""Receiving: one query a wake for all the shards a member holds."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.bus.port import Delivery, Message
from shared.bus.postgres.claims import Claims
from shared.bus.postgres.connection import reaching_the_bus
from shared.signal import first_of

if TYPE_CHECKING:
    import asyncpg

POLL_SECONDS = 0.25
BALANCE_SECONDS = 0.5


class PostgresSubscription:
    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", claims: Claims, woken: asyncio.Event) -> None:
        self._connection = connection
        self._claims = claims
        self._woken = woken
        self._next_balance = 0.0

    async def receive(self, limit: int, wait: float) -> Sequence[Delivery]:
        """Raises ``BusUnavailable``, ``RetentionExceeded``."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + wait
        while True:
            self._woken.clear()
            with reaching_the_bus():
                if clock() >= self._next_balance:
                    await self._claims.balance()
                    self._next_balance = clock() + BALANCE_SECONDS
                deliveries = await self._fetch(limit)
            remaining = deadline - clock()
            if deliveries or remaining <= 0:
                return deliveries
            await first_of(self._woken, timeout=min(remaining, POLL_SECONDS))

    async def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        """Raises ``BusUnavailable``: then a successor receives them again."""
        positions: dict[tuple[str, int], int] = {}
        for delivery in deliveries:
            shard = (delivery.message.topic, delivery.shard)
            positions[shard] = max(positions.get(shard, 0), delivery.position)
        with reaching_the_bus():
            await self._claims.acknowledge(positions)

    async def _fetch(self, limit: int) -> list[Delivery]:
        held = self._claims.held
        if not held:
            return []
        rows = await self._connection.fetch(
            """SELECT entry.*, shards.trimmed
               FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS claim (topic, shard, after)
               JOIN shards USING (topic, shard)
               CROSS JOIN LATERAL (
                   SELECT topic, shard, position, key, headers, value, published_at FROM log
                   WHERE log.topic = claim.topic AND log.shard = claim.shard AND log.position > claim.after
                   ORDER BY log.position LIMIT $4) AS entry
               ORDER BY entry.position LIMIT $4""",
            [topic for topic, _ in held],
            [shard for _, shard in held],
            [cursor.delivered for cursor in held.values()],
            limit,
        )
        for row in rows:
            self._claims.refuse_gap((row["topic"], row["shard"]), row["trimmed"])
        for row in rows:
            held[row["topic"], row["shard"]].delivered = row["position"]
        return [_delivery(row) for row in rows]


def _delivery(row: "asyncpg.Record") -> Delivery:
    message = Message(row["topic"], row["key"], row["headers"], row["value"])
    return Delivery(message, row["shard"], row["position"], row["published_at"])
