"""SIGKILL at the worst moments and at random ones, under load: effects happen once, in order, and none is lost."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import uuid4

import pytest

from shared.bus.port import Bus
from shared.database.database import Database
from shared.delivery.drain import drained
from shared.delivery.relay import Relay
from tests.conformance.processes import worker
from tests.conformance.receiving import receiving, wrote
from tests.conformance.service import RECEIVER, TOPIC, count, counts_of, eventually, running
from tests.conformance.worker import Assignment

pytestmark = pytest.mark.timeout(300)
_MOST_COUNTS = 1000


@asynccontextmanager
async def load(sender: Database) -> AsyncIterator[None]:
    """Writers that count while the block runs, up to a bound: on a slow machine the backlog must not grow for ever."""
    counters, stop = [uuid4() for _ in range(20)], asyncio.Event()

    async def write() -> None:
        chosen = random.Random(7)
        for _ in range(_MOST_COUNTS):
            if stop.is_set():
                return
            await count(sender, chosen.choice(counters), times=chosen.randint(1, 3))
            await asyncio.sleep(0.005)

    writers = [asyncio.create_task(write()) for _ in range(4)]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*writers)


async def test_a_relay_killed_between_publishing_and_deleting(
    bus: Bus, sender: Database, receiver: Database, relaying: Assignment
) -> None:
    async with running(*receiving(receiver, bus)):
        async with load(sender):
            for after in (1, 5):
                async with worker(replace(relaying, dies="after publishing", after=after)) as relay:
                    await relay.died()
        async with running(Relay(sender, bus)):
            await eventually(wrote(receiver, await counts_of(sender)))


@pytest.mark.parametrize("moment", ["before acknowledging", "in the handler"])
async def test_a_consumer_killed(
    bus: Bus, sender: Database, receiver: Database, consuming: Assignment, moment: str
) -> None:
    async with running(Relay(sender, bus)):
        async with load(sender):
            for after in (1, 5):
                async with worker(replace(consuming, dies=moment, after=after)) as consumer:
                    await consumer.died()
        async with running(*receiving(receiver, bus)):
            await eventually(wrote(receiver, await counts_of(sender)))


async def test_two_relays_and_two_consumers_killed_at_random(
    bus: Bus, sender: Database, receiver: Database, relaying: Assignment, consuming: Assignment
) -> None:
    chance = random.Random(11)

    async def live_and_die(assignment: Assignment) -> None:
        for _ in range(3):
            async with worker(assignment) as doomed:
                await asyncio.sleep(chance.uniform(0.1, 1.0))
                await doomed.kill()

    async with load(sender):
        await asyncio.gather(*(live_and_die(each) for each in (relaying, relaying, consuming, consuming)))
    async with worker(relaying) as relay, worker(consuming) as consumer:
        await eventually(wrote(receiver, await counts_of(sender)))
        await relay.stop()
        await consumer.stop()
    assert (await drained(receiver, bus, RECEIVER, [TOPIC])).drained
