"""From a commit to another service's projection, at 200 commands a second, as a reader of that projection sees it."""

import asyncio
from contextlib import AbstractAsyncContextManager
from time import perf_counter
from uuid import UUID

from shared.bus.port import Bus
from tests.bench.delivery import Path, kafka, log_in_postgres, path_over
from tests.bench.measuring import percentile
from tests.bench.place import Place
from tests.bench.row import Row
from tests.conformance.service import running

A_SECOND = 200
COMMANDS = 3_000
WARM_UP = 0.1
"""This part of the commands comes first and is not counted."""
LIMIT_MILLISECONDS = 250.0
LOOK_SECONDS = 0.004


async def measure(place: Place) -> list[Row]:
    rows = await _rows("the log in PostgreSQL", place, log_in_postgres(place))
    if place.kafka is not None:
        rows += await _rows("Kafka", place, kafka(place.kafka))
    return rows


async def _rows(name: str, place: Place, opened: AbstractAsyncContextManager[Bus]) -> list[Row]:
    async with opened as bus, path_over(place, bus) as path, running(path.relay, path.consumer):
        await path.tell(1)
        await path.arrived(1)
        waits = await _waits(path, place.scaled(COMMANDS, at_least=20))
    counted = waits[int(WARM_UP * len(waits)) :]
    middle, most = (percentile(counted, part) * 1000 for part in (0.5, 0.99))
    return [
        Row(f"commit to projection over {name}, p50", middle, LIMIT_MILLISECONDS, "ms", 0, less_is_better=True),
        Row(f"commit to projection over {name}, p99", most, LIMIT_MILLISECONDS, "ms", 1, less_is_better=True),
    ]


async def _waits(path: Path, commands: int) -> list[float]:
    """Seconds of each, in the order of sending. Commands come when they are due, whatever became of those before."""
    committed: dict[UUID, float] = {}
    seen: dict[UUID, float] = {}
    began = perf_counter()

    async def command(due: float) -> None:
        await asyncio.sleep(max(0.0, began + due - perf_counter()))
        [household] = await path.tell(1)
        committed[household] = perf_counter()

    async with asyncio.TaskGroup() as tasks, asyncio.timeout(60 + commands / A_SECOND):
        for number in range(commands):
            tasks.create_task(command(number / A_SECOND))
        while len(seen) < commands:
            for household in await path.known_of([each for each in committed if each not in seen]):
                seen[household] = perf_counter()
            await asyncio.sleep(LOOK_SECONDS)
    return [seen[household] - moment for household, moment in committed.items()]
