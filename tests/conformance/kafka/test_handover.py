"""Members that stop or dawdle while the group goes on without them."""

from contextlib import AsyncExitStack
from dataclasses import replace
from uuid import uuid4

import pytest

from shared.bus.kafka import handover
from shared.bus.port import Bus, BusUnavailable, Message
from shared.database.database import Database
from shared.delivery.relay import Relay
from tests.conformance.processes import worker
from tests.conformance.receiving import metric, receiving, wrote
from tests.conformance.service import RECEIVER, TOPIC, count, counts_of, eventually, running
from tests.conformance.test_port import receive_all, receive_some
from tests.conformance.worker import Assignment


async def test_a_member_that_was_stopped_acknowledges_nothing_of_its_successor(
    bus: Bus, sender: Database, receiver: Database, consuming: Assignment
) -> None:
    counters = [uuid4() for _ in range(12)]
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(running(Relay(sender, bus)))
        stopping = replace(consuming, dies="before acknowledging", after=2, by="SIGSTOP")
        stopped = await stack.enter_async_context(worker(stopping))

        async def it_stopped() -> bool:
            await count(sender, counters[0])
            return stopped.stopped()

        await eventually(it_stopped)
        await stack.enter_async_context(running(*receiving(receiver, bus)))
        for counter in counters:
            await count(sender, counter, times=3)
        await eventually(wrote(receiver, await counts_of(sender)))
        stopped.resume()
        for counter in counters:
            await count(sender, counter, times=3)
        await eventually(wrote(receiver, await counts_of(sender)))

        async def drained() -> bool:
            return sum((await bus.lag(RECEIVER, [TOPIC])).values()) == 0

        await eventually(drained)


async def test_who_takes_too_long_loses_its_shards_and_says_so(
    bus: Bus, other_bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "HANDOVER_SECONDS", 0.2)
    await bus.publish([Message(TOPIC, f"key-{number}", {}, b"%d" % number) for number in range(20)])
    async with bus.subscribe(RECEIVER, [TOPIC]) as slow:
        held = await receive_some(slow)
        async with other_bus.subscribe(RECEIVER, [TOPIC]) as successor:

            async def over() -> bool:
                await successor.acknowledge(await successor.receive(100, 0.1))
                try:
                    await slow.acknowledge([])
                    await slow.receive(1, 0.0)
                except BusUnavailable:
                    return True
                return False

            await eventually(over)
            with pytest.raises(BusUnavailable, match=RECEIVER):
                await slow.acknowledge(held)

    async def all_handled() -> bool:
        return sum((await bus.lag(RECEIVER, [TOPIC])).values()) == 0

    async with bus.subscribe(RECEIVER, [TOPIC]) as last:
        if not await all_handled():
            await receive_all(last, sum((await bus.lag(RECEIVER, [TOPIC])).values()))
    assert await all_handled()


async def test_rebalances_and_shards_held_are_counted(bus: Bus) -> None:
    before = metric("jingzhun_bus_rebalances_total")
    await bus.publish([Message(TOPIC, "key", {}, b"")])
    async with bus.subscribe(RECEIVER, [TOPIC]) as subscription:
        await receive_some(subscription)
        assert metric("jingzhun_bus_shards_held") == 4
        assert metric("jingzhun_bus_rebalances_total") > before
    assert metric("jingzhun_bus_shards_held") == 0
