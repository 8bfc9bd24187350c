"""Measuring two things fairly: warmed up, one after the other in turns, the median of each."""

import asyncio
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter

from tests.bench.place import Place

Measure = Callable[[], Awaitable[float]]


async def in_turns(place: Place, ours: Measure, limit: Measure) -> tuple[float, float]:
    """The medians of both: A B, A B, …, so that whatever else the machine does hits both alike."""
    if place.repeats > 1:
        await ours()
        await limit()
    pairs = [(await ours(), await limit()) for _ in range(place.repeats)]
    return median(mine for mine, _ in pairs), median(bare for _, bare in pairs)


async def rate_of_writers(once: Callable[[], Awaitable[object]], *, writers: int, times: int) -> float:
    """How many a second, when ``writers`` do it at once, ``times`` in all."""
    left = iter(range(times))

    async def write() -> None:
        for _ in left:
            await once()

    began = perf_counter()
    await asyncio.gather(*(write() for _ in range(writers)))
    return times / (perf_counter() - began)


async def seconds_of(work: Awaitable[object]) -> float:
    began = perf_counter()
    await work
    return perf_counter() - began


def percentile(values: list[float], part: float) -> float:
    """The value below which ``part`` of all lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
