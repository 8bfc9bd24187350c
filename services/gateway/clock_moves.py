"""A request to move the sandbox's clock, made to mean the same when it is repeated."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from pydantic import AwareDatetime

from services.gateway.problems import CLOCK_BACKWARDS, CLOCK_TOO_FAR
from shared.clock import FURTHEST, system_now
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.problems import Problem
from shared.problems.common import KEY_REUSED

MOVE_LOCK = 0x636C6F63


@asynccontextmanager
async def one_at_a_time(database: Database) -> AsyncIterator[None]:
    """Among all replicas of the gateway; a dead one's turn ends with its connection."""
    async with database.own_connection() as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", MOVE_LOCK)
        yield


def target(offset: timedelta, days: int | None, moment: AwareDatetime | None) -> float:
    """The new offset in seconds. Raises ``clock-backwards`` and ``clock-too-far``."""
    wanted = offset + timedelta(days=days) if days is not None else offset
    if moment is not None:
        wanted = moment - system_now()
    if wanted < offset:
        raise Problem(CLOCK_BACKWARDS)
    if wanted > FURTHEST:
        raise Problem(CLOCK_TOO_FAR)
    return wanted.total_seconds()


async def remembered(transaction: Transaction, principal: str, key: str, request: str, seconds: float) -> float:
    """``seconds``, or what the first request with this key was answered. Raises ``idempotency-key-reused``."""
    await transaction.execute(
        """INSERT INTO clock_moves (principal, key, request, seconds) VALUES ($1, $2, $3, $4)
           ON CONFLICT (principal, key) DO NOTHING""",
        principal,
        key,
        request,
        seconds,
    )
    kept = await transaction.fetch_row(
        "SELECT request, seconds FROM clock_moves WHERE principal = $1 AND key = $2", principal, key
    )
    if kept is None or kept["request"] != request:
        raise Problem(KEY_REUSED)
    first: float = kept["seconds"]
    return first
