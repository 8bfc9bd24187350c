"""Members of a group joining and leaving: every message to one of them, in order, none twice when all behave."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from shared.bus.port import Bus, Delivery, Message
from tests.conformance.service import SHARDS, TOPIC, eventually

GROUP = "members"


@dataclass
class Member:
    received: list[Delivery] = field(default_factory=list)

    @property
    def shards(self) -> set[int]:
        return {delivery.shard for delivery in self.received}


@asynccontextmanager
async def member(bus: Bus) -> AsyncIterator[Member]:
    joined, stop = Member(), asyncio.Event()

    async def receive() -> None:
        async with bus.subscribe(GROUP, [TOPIC]) as subscription:
            while not stop.is_set():
                batch = await subscription.receive(10, 0.2)
                joined.received += batch
                await subscription.acknowledge(batch)

    task = asyncio.create_task(receive())
    try:
        yield joined
    finally:
        stop.set()
        await task


class Publisher:
    """Keeps publishing to keys of all shards, numbered per key."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self.published = 0

    async def publish(self) -> None:
        await self._bus.publish(
            [Message(TOPIC, f"key-{key}", {"ce_id": str(uuid4())}, b"%d" % self.published) for key in range(24)]
        )
        self.published += 1


async def until_all_receive(publisher: Publisher, *members: Member) -> None:
    """Publish until each of the members, and all of them together every shard, have received anew."""
    before = [len(each.received) for each in members]

    async def done() -> bool:
        await publisher.publish()
        new = [each.received[start:] for each, start in zip(members, before, strict=True)]
        shards = {delivery.shard for part in new for delivery in part}
        return all(new) and shards == set(range(SHARDS))

    await eventually(done)


async def test_joining_members_get_shards_and_leaving_ones_give_them_back(bus: Bus, other_bus: Bus) -> None:
    publisher = Publisher(bus)
    async with member(bus) as first:
        await until_all_receive(publisher, first)
        async with AsyncExitStack() as joining:
            second = await joining.enter_async_context(member(other_bus))
            await until_all_receive(publisher, first, second)
            third = await joining.enter_async_context(member(other_bus))
            await until_all_receive(publisher, first, second, third)
        await until_all_receive(publisher, first)
        expected = publisher.published * 24

        async def complete() -> bool:
            return sum(len(each.received) for each in (first, second, third)) >= expected

        await eventually(complete)

    received = [delivery for each in (first, second, third) for delivery in each.received]
    assert len(received) == expected
    assert len({delivery.message.id for delivery in received}) == expected


async def test_a_delivered_batch_is_never_handed_over(bus: Bus, other_bus: Bus) -> None:
    await Publisher(bus).publish()
    async with bus.subscribe(GROUP, [TOPIC]) as slow:
        held = await slow.receive(100, 5)
        assert len(held) == 24
        async with other_bus.subscribe(GROUP, [TOPIC]) as newcomer:
            assert await newcomer.receive(100, 1.0) == []
            await slow.receive(1, 0.0)
            assert await newcomer.receive(100, 1.0) == []
            await slow.acknowledge(held)
            await Publisher(bus).publish()

            async def handed_over() -> bool:
                await slow.acknowledge(await slow.receive(100, 0.1))
                await Publisher(bus).publish()
                return bool(await newcomer.receive(100, 0.1))

            await eventually(handed_over)


async def test_shards_of_a_dead_member_are_taken_over(bus: Bus, other_bus: Bus) -> None:
    publisher = Publisher(bus)
    await publisher.publish()
    died = asyncio.Event()

    async def dies() -> None:
        async with bus.subscribe(GROUP, [TOPIC]) as subscription:
            assert await subscription.receive(100, 5)
            died.set()
            raise ConnectionAbortedError

    await asyncio.gather(dies(), return_exceptions=True)
    assert died.is_set()
    async with member(other_bus) as successor:

        async def received_all() -> bool:
            return len(successor.received) >= 24

        await eventually(received_all)
