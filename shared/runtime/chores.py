"""What a service does by the hour whether or not anybody asks: by the system's clock, in one replica at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from shared.context import ServiceContext
from shared.delivery.persistence import pause, persist

CHORE_LOCK = 7_003
"""First key of the advisory locks of chores; the second is drawn from the chore's name."""


@dataclass(frozen=True, slots=True)
class Chore:
    """Done at the start and then again and again; ``alone``: never in two replicas at once."""

    name: str
    every: timedelta
    do: Callable[[ServiceContext], Awaitable[None]]
    alone: bool = True


class ChoreRunner:
    def __init__(self, context: ServiceContext, chores: Sequence[Chore]) -> None:
        self._context = context
        self._chores = chores

    async def run(self, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as tasks:
            for chore in self._chores:
                tasks.create_task(self._again_and_again(chore, stop))

    async def _again_and_again(self, chore: Chore, stop: asyncio.Event) -> None:
        async def work() -> None:
            await self.once(chore)
            await pause(stop, chore.every.total_seconds())

        await persist(work, stop, service=self._context.name, task=chore.name)

    async def once(self, chore: Chore) -> bool:
        """Whether it was done: another replica may be at it."""
        if not chore.alone:
            await chore.do(self._context)
            return True
        async with self._context.database.own_connection() as lock:
            if not await lock.fetchval("SELECT pg_try_advisory_lock($1, hashtext($2))", CHORE_LOCK, chore.name):
                return False
            await chore.do(self._context)  # the lock falls with its connection
            return True
