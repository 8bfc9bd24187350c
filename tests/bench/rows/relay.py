"""Events from an outbox over the bus into another service's projection, beside bare clients and a batch insert."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from time import perf_counter
from typing import Protocol

from shared.bus.port import Bus, Message
from shared.ids import new_id
from tests.bench.bare.kafka import bare_kafka
from tests.bench.bare.log import bare_log
from tests.bench.delivery import TOPOLOGY, Path, kafka, log_in_postgres, path_over, registered
from tests.bench.measuring import in_turns
from tests.bench.place import Place
from tests.bench.row import Row
from tests.conformance.service import running
from tests.fixtures.happenings import happened, message_of

EVENTS = 5_000
GOAL = 0.5


class Bare(Protocol):
    async def carry(self, messages: Sequence[Message]) -> None: ...


async def measure(place: Place) -> list[Row]:
    async with place.bus() as log:
        rows = [
            await _row(
                "relay to handler over the log in PostgreSQL",
                0,
                place,
                log_in_postgres(place),
                lambda path: bare_log(log, path.receiver),
            )
        ]
    bootstrap = place.kafka
    if bootstrap is not None:
        rows.append(
            await _row(
                "relay to handler over Kafka",
                GOAL,
                place,
                kafka(bootstrap),
                lambda path: bare_kafka(bootstrap, TOPOLOGY.partitions, path.receiver),
            )
        )
    return rows


async def _row(
    name: str,
    goal: float,
    place: Place,
    opened: AbstractAsyncContextManager[Bus],
    bare_of: Callable[[Path], AbstractAsyncContextManager[Bare]],
) -> Row:
    count = place.scaled(EVENTS)
    async with opened as bus, path_over(place, bus) as path, running(path.consumer), bare_of(path) as bare:
        async with running(path.relay):
            await path.tell(1)
            await path.arrived(1)
        await bare.carry(_messages(1))
        ours, limit = await in_turns(place, lambda: _ours(path, count), lambda: _bare(bare, count))
    return Row(name, ours, limit, "events/s", goal)


async def _ours(path: Path, count: int) -> float:
    """The outbox is full before the relay begins."""
    expected = await path.known() + count
    await path.tell(count)
    began = perf_counter()
    async with running(path.relay):
        await path.arrived(expected)
        return count / (perf_counter() - began)


async def _bare(bare: Bare, count: int) -> float:
    messages = _messages(count)
    began = perf_counter()
    await bare.carry(messages)
    return count / (perf_counter() - began)


def _messages(count: int) -> list[Message]:
    return [message_of(happened(registered(new_id()))) for _ in range(count)]
