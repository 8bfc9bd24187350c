"""Timers of the policy clock: rows claimed with SKIP LOCKED, so that replicas share them.

A timer only announces that a moment has come; a command that depends on the moment checks the clock itself.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.delivery.persistence import pause, persist
from shared.ids import new_id
from shared.observability import doing

if TYPE_CHECKING:
    from shared.runtime.definition import TimerHandler

POLL_SECONDS = 0.2
_BATCH = 200


async def set_timer(transaction: Transaction, kind: str, subject: UUID, due_at: datetime) -> None:
    await transaction.execute(
        "INSERT INTO timers (id, kind, subject, due_at) VALUES ($1, $2, $3, $4)", new_id(), kind, subject, due_at
    )


async def due_timers(database: Database) -> int:
    """How many are due and have not fired."""
    now = (await database.policy_clock()).now()
    async with database.connection() as connection:
        count: int = await connection.fetchval(
            "SELECT count(*) FROM timers WHERE fired_at IS NULL AND due_at <= $1", now
        )
        return count


class TimerRunner:
    def __init__(self, database: Database, handlers: "Mapping[str, TimerHandler]") -> None:
        self._database = database
        self._handlers = handlers

    async def run(self, stop: asyncio.Event) -> None:
        async def work() -> None:
            if not await self.fire_due():
                await pause(stop, POLL_SECONDS)

        await persist(work, stop, service=self._database.service, task="timers")

    async def fire_due(self) -> int:
        """Fire what is due, of one kind, in one transaction; how many fired."""
        async with self._database.transaction() as transaction:
            rows = await transaction.fetch(
                """SELECT id, kind, subject FROM timers WHERE fired_at IS NULL AND due_at <= $1
                   ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED""",
                transaction.now,
                _BATCH,
            )
            if not rows:
                return 0
            kind = rows[0]["kind"]
            mine = [row for row in rows if row["kind"] == kind]
            await transaction.execute(
                "UPDATE timers SET fired_at = now() WHERE id = ANY($1::uuid[])", [row["id"] for row in mine]
            )
            with self._database.tracer.span(f"timer {kind}", parent=None) as span:
                transaction.traceparent = span.traceparent
                with doing(self._database.service, timer=kind):
                    await self._handlers[kind](transaction, [row["subject"] for row in mine])
            return len(mine)
