"""Whether everything a service decided or heard of has been dealt with."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.bus.port import Bus
from shared.database.database import Database


@dataclass(frozen=True, slots=True)
class DrainState:
    """``activity`` grows with every event decided: nothing moved between two drained states of equal activity."""

    outbox: int
    lag: int
    retrying: int
    activity: int

    @property
    def drained(self) -> bool:
        return not (self.outbox or self.lag or self.retrying)


async def drained(database: Database, bus: Bus, group: str, topics: Sequence[str]) -> DrainState:
    """Read along the way of an event, so that one on its way is seen at one of its stations.

    Keys whose head is dead do not count: they wait for an operator.
    """
    async with database.connection() as connection:
        outbox = await connection.fetchrow(
            """SELECT count(*) AS depth,
                      coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'position')), 0) AS activity
               FROM outbox"""
        )
        lag = sum((await bus.lag(group, topics)).values()) if topics else 0
        retrying = await connection.fetchval(
            "SELECT count(*) FROM parked WHERE state = 'waiting' AND next_attempt_at IS NOT NULL"
        )
    if outbox is None:
        raise RuntimeError("a count always has a row")
    return DrainState(outbox["depth"], lag, retrying, outbox["activity"])
