"""Background work that outlives outages: told loudly, tried again with backoff, ended gracefully."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from shared.observability import doing, places

log = structlog.get_logger()
_WELL_AFTER_SECONDS = 10.0


@dataclass
class Backoff:
    """Doubling waits, each shortened by up to a half at random so that replicas do not march in step."""

    first: float = 0.2
    longest: float = 5.0
    failures: int = 0

    def next_wait(self) -> float:
        wait = min(self.longest, self.first * 2.0 ** min(self.failures, 32))
        self.failures += 1
        return wait * random.uniform(0.5, 1.0)  # noqa: S311  # no secret hangs on it

    def reset(self) -> None:
        self.failures = 0


async def persist(
    work: Callable[[], Awaitable[None]], stop: asyncio.Event, *, service: str, task: str, **details: object
) -> None:
    """Run ``work`` again and again until ``stop`` is set, whatever it raises."""
    backoff = Backoff()
    clock = asyncio.get_running_loop().time
    while not stop.is_set():
        started = clock()
        try:
            with doing(service, task=task, **details):
                await work()
        except Exception as error:
            if clock() - started > _WELL_AFTER_SECONDS:
                backoff.reset()
            log.error(
                "interrupted",
                service=service,
                task=task,
                error=type(error).__name__,
                attempt=backoff.failures + 1,
                where=places(error),
                **details,
            )
            await pause(stop, backoff.next_wait())
        else:
            backoff.reset()


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but not longer than until ``stop`` is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
