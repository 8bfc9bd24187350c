"""Forgetting the answers of commands that nobody will repeat any more."""

import asyncio
from datetime import timedelta

from shared.database.database import Database
from shared.delivery.persistence import pause, persist

_BETWEEN_SECONDS = 600.0
_ROWS = 10_000


class KeySweeper:
    """Forgets idempotency keys older than ``keep``, a few thousand at a time. Replicas may sweep at once."""

    def __init__(self, database: Database, keep: timedelta) -> None:
        self._database = database
        self._keep = keep

    async def run(self, stop: asyncio.Event) -> None:
        async def work() -> None:
            if await self.sweep() < _ROWS:
                await pause(stop, _BETWEEN_SECONDS)

        await persist(work, stop, service=self._database.service, task="key sweeper")

    async def sweep(self) -> int:
        """How many were forgotten."""
        async with self._database.transaction() as transaction:
            rows = await transaction.fetch(
                """DELETE FROM idempotency_keys WHERE (principal, route, key) IN (
                       SELECT principal, route, key FROM idempotency_keys WHERE created_at < now() - $1::interval
                       ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
                   RETURNING true""",
                self._keep,
                _ROWS,
            )
            return len(rows)
