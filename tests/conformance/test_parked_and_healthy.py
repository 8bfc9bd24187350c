"""Parked keys beside healthy ones, and passing from member to member."""

import asyncio
import statistics
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from shared.bus.port import Bus
from shared.database.database import Database
from shared.delivery.consumer import Handlers
from tests.conformance.counting import Counted
from tests.conformance.receiving import PATIENT, receiving, wrote
from tests.conformance.service import RECEIVER, eventually, opened, running, total
from tests.conformance.test_parking import Moody, counted, parked, stands


async def test_a_healthy_key_is_as_quick_beside_a_parked_one(
    bus: Bus, receiver: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Measured and told, not judged: the parked key's backoff is an hour, so whoever waited for it would not arrive."""
    poison, healthy = uuid4(), uuid4()
    moody, clock = Moody(), asyncio.get_running_loop().time
    median: list[float] = []
    async with running(*receiving(receiver, bus, {Counted: moody.handle}, PATIENT)):
        number = 0
        for broken in (False, True):
            if broken:
                moody.broken.add(poison)
                await bus.publish(counted(poison, 1, 2))
                await eventually(stands(receiver, ("waiting", 1), ("waiting", 0)))
            waits = []
            for _ in range(15):
                number, started = number + 1, clock()
                await bus.publish(counted(healthy, number))
                await eventually(wrote(receiver, {healthy: list(range(1, number + 1))}))
                waits.append(clock() - started)
            median.append(statistics.median(waits))
        assert await parked(receiver) == [("waiting", 1), ("waiting", 0)]
    with capsys.disabled():
        print(f"\nhealthy key, published to handled: {median[0]:.3f} s; beside a parked key {median[1]:.3f} s")


async def test_parked_keys_pass_between_members_without_loss_or_doubling(
    bus: Bus, other_bus: Bus, receiver: Database
) -> None:
    """Events of a parked key come to one member, then to another that joined, then to that one alone."""
    poisons, healthy = [uuid4() for _ in range(6)], [uuid4() for _ in range(6)]
    moody = Moody(set(poisons))
    handlers: Handlers = {Counted: moody.handle}

    async def publish(number: int) -> None:
        await bus.publish([message for counter in (*poisons, *healthy) for message in counted(counter, number)])
        await eventually(wrote(receiver, {counter: list(range(1, number + 1)) for counter in healthy}))

    async def all_parked() -> bool:
        return await total(receiver, "parked") == 4 * len(poisons)

    async with opened(RECEIVER, receiver.dsn) as replica:
        first, second = receiving(receiver, bus, handlers, PATIENT), receiving(replica, other_bus, handlers, PATIENT)
        async with AsyncExitStack() as staying:
            async with running(*first):
                await publish(1)
                await staying.enter_async_context(running(*second))
                await publish(2)
                await publish(3)
            await publish(4)
            await eventually(all_parked)
            moody.broken.clear()
            async with receiver.connection() as connection:
                await connection.execute("UPDATE parked SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")
            await eventually(wrote(receiver, {counter: [1, 2, 3, 4] for counter in (*poisons, *healthy)}))
    assert await total(receiver, "parked") == 0
