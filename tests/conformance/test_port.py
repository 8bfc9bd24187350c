"""The promises of the port itself."""

import asyncio
import tracemalloc
from collections.abc import Sequence
from uuid import uuid4

import pytest

from shared.bus.port import Bus, Delivery, Message, RetentionExceeded, Subscription, TopicMismatch, UnknownTopic
from tests.conformance.adapters import Adapter
from tests.conformance.service import SHARDS, TOPIC

GROUP = "readers"


def message(key: str, number: int, id_: str | None = None) -> Message:
    return Message(TOPIC, key, {"ce_id": id_ or str(uuid4()), "number": str(number)}, b"%d" % number)


async def receive_all(subscription: Subscription, expected: int, limit: int = 100) -> list[Delivery]:
    """Receive and acknowledge until as many have come."""
    received: list[Delivery] = []
    async with asyncio.timeout(30):
        while len(received) < expected:
            batch = await subscription.receive(limit, 0.5)
            received += batch
            if batch:
                await subscription.acknowledge(batch)
    return received


async def receive_some(subscription: Subscription, limit: int = 100) -> Sequence[Delivery]:
    """The first that come; a member waits for its shards before anything does."""
    async with asyncio.timeout(30):
        while not (batch := await subscription.receive(limit, 0.5)):
            pass
    return batch


def numbers_by_key(deliveries: Sequence[Delivery]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for delivery in deliveries:
        numbers.setdefault(delivery.message.key, []).append(int(delivery.message.value))
    return numbers


async def test_what_is_published_is_received_in_order_per_key(bus: Bus) -> None:
    keys = [f"key-{number}" for number in range(20)]
    for number in range(0, 50, 10):
        await bus.publish([message(key, number + step) for step in range(10) for key in keys])

    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        received = await receive_all(subscription, 1000)

    assert numbers_by_key(received) == {key: list(range(50)) for key in keys}
    first = received[0].message
    assert first.headers["number"] == first.value.decode()


async def test_a_key_stays_in_its_shard_and_positions_grow_there(bus: Bus) -> None:
    await bus.publish([message(f"key-{number % 40}", number) for number in range(400)])

    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        received = await receive_all(subscription, 400)

    shards: dict[str, set[int]] = {}
    positions: dict[int, list[int]] = {}
    for delivery in received:
        shards.setdefault(delivery.message.key, set()).add(delivery.shard)
        positions.setdefault(delivery.shard, []).append(delivery.position)
    assert all(len(found) == 1 for found in shards.values())
    assert set(positions) == set(range(SHARDS))
    assert all(found == sorted(set(found)) for found in positions.values())


async def test_another_number_of_shards_is_refused_with_both_numbers(bus: Bus) -> None:
    with pytest.raises(TopicMismatch, match=rf"{SHARDS}.*7"):
        await bus.declare({TOPIC: 7})
    await bus.declare({TOPIC: SHARDS})


async def test_several_processes_may_declare_at_once(adapter: Adapter, bus_address: str) -> None:
    buses = [adapter.connect(bus_address) for _ in range(4)]
    await asyncio.gather(*(bus.declare({TOPIC: SHARDS}) for bus in buses))
    for bus in buses:
        await bus.close()


async def test_an_undeclared_topic_is_refused(bus: Bus) -> None:
    with pytest.raises(UnknownTopic, match="nowhere"):
        await bus.publish([Message("nowhere", "key", {}, b"")])
    with pytest.raises(UnknownTopic, match="nowhere"):
        async with bus.subscribe(GROUP, [TOPIC, "nowhere"]):
            pass


async def test_the_acknowledged_is_not_redelivered_and_the_rest_is(bus: Bus) -> None:
    await bus.publish([message("key", number) for number in range(10)])
    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        first = await subscription.receive(4, 5)
        await subscription.acknowledge(first)
        second = await subscription.receive(4, 5)
    assert [int(delivery.message.value) for delivery in (*first, *second)] == list(range(8))

    async with bus.subscribe(GROUP, [TOPIC]) as successor:
        received = await receive_all(successor, 6)
    assert numbers_by_key(received) == {"key": list(range(4, 10))}


async def test_groups_receive_independently_and_from_the_beginning(bus: Bus) -> None:
    await bus.publish([message("key", number) for number in range(5)])
    for group in ("one", "two"):
        async with bus.subscribe(group, [TOPIC]) as subscription:
            assert len(await receive_all(subscription, 5)) == 5


async def test_receive_holds_no_more_than_asked_for(bus: Bus) -> None:
    await bus.publish([message(f"key-{number}", number) for number in range(50)])
    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        batch = await subscription.receive(7, 5)
    assert 0 < len(batch) <= 7


async def test_a_slow_receiver_holds_little_of_what_lies_on_the_bus(bus: Bus) -> None:
    """Of 32 MB never half: neither what was given nor what was read ahead of it piles up."""
    count, size = 4000, 8000
    for start in range(0, count, 500):
        numbers = range(start, start + 500)
        await bus.publish([Message(TOPIC, f"key-{number % 16}", {}, bytes(size)) for number in numbers])
    tracemalloc.start()
    try:
        async with bus.subscribe(GROUP, [TOPIC]) as subscription:
            received = 0
            async with asyncio.timeout(60):
                while received < count:
                    batch = await subscription.receive(100, 1)
                    received += len(batch)
                    # Time in which an adapter could read on.
                    await bus.lag(GROUP, [TOPIC])
                    await subscription.acknowledge(batch)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < count * size / 2


async def test_a_waiting_receive_is_woken(bus: Bus, other_bus: Bus) -> None:
    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        waiting = asyncio.create_task(receive_all(subscription, 1))
        await other_bus.publish([message("key", 1)])
        assert len(await waiting) == 1


async def test_nothing_is_lost_among_concurrent_publishers(bus: Bus, other_bus: Bus) -> None:
    async def publish(publisher: int) -> None:
        for number in range(60):
            through = bus if number % 2 else other_bus
            await through.publish([message(f"publisher-{publisher}", number * 5 + step) for step in range(5)])

    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        publishing = asyncio.gather(*(publish(publisher) for publisher in range(8)))
        received = await receive_all(subscription, 2400)
        await publishing
    assert numbers_by_key(received) == {f"publisher-{publisher}": list(range(300)) for publisher in range(8)}


async def test_lag_counts_what_is_not_acknowledged(bus: Bus) -> None:
    await bus.publish([message(f"key-{number}", number) for number in range(40)])
    assert sum((await bus.lag(GROUP, [TOPIC])).values()) == 40

    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        received = [delivery for delivery in await subscription.receive(40, 5) if delivery.shard == 0]
        await subscription.acknowledge(received)
        lag = await bus.lag(GROUP, [TOPIC])
    assert set(lag) == {(TOPIC, shard) for shard in range(SHARDS)}
    assert lag[TOPIC, 0] == 0
    assert sum(lag.values()) == 40 - len(received)
    assert sum((await bus.lag("others", [TOPIC])).values()) == 40


async def test_a_group_that_was_away_too_long_is_told(bus: Bus, bus_address: str, adapter: Adapter) -> None:
    await bus.publish([message("key", number) for number in range(10)])
    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        await subscription.acknowledge(await subscription.receive(4, 5))
    await adapter.forget(bus_address)

    with pytest.raises(RetentionExceeded, match=GROUP):
        async with bus.subscribe(GROUP, [TOPIC]) as subscription:
            await subscription.receive(10, 5)

    await bus.publish([message("key", 11)])
    async with bus.subscribe("newcomers", [TOPIC]) as subscription:
        assert numbers_by_key(await receive_all(subscription, 1)) == {"key": [11]}


async def test_a_group_that_falls_behind_while_receiving_is_told(bus: Bus, bus_address: str, adapter: Adapter) -> None:
    """Eight megabytes: more than any adapter reads ahead, so some of it goes unread."""
    async with bus.subscribe(GROUP, [TOPIC]) as subscription:
        await bus.publish([Message(TOPIC, "key", {"ce_id": str(uuid4())}, bytes(200_000)) for _ in range(40)])
        await subscription.acknowledge(await receive_some(subscription, 4))
        await adapter.forget(bus_address)
        await bus.publish([message("key", 10)])
        with pytest.raises(RetentionExceeded, match=GROUP):
            await receive_all(subscription, 37, limit=4)
