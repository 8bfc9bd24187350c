"""From the outbox to the bus: exactly what was committed, in order per key."""

import asyncio
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import pytest

from shared.bus.port import Bus, BusUnavailable
from shared.database import database
from shared.database.database import Database
from shared.delivery.relay import OUTBOX_LOCK, Relay
from tests.conformance.adapters import Adapter
from tests.conformance.service import (
    SENDER,
    TOPIC,
    count,
    count_within,
    eventually,
    opened,
    running,
    total,
)
from tests.conformance.test_port import receive_all


async def empty(sender: Database) -> bool:
    return await total(sender, "outbox") == 0


async def relayed_numbers(bus: Bus, expected: int) -> dict[str, list[int]]:
    async with bus.subscribe("readers", [TOPIC]) as subscription:
        received = await receive_all(subscription, expected)
    numbers: dict[str, list[int]] = {}
    for delivery in received:
        numbers.setdefault(delivery.message.key, []).append(int(delivery.message.headers["ce_sequence"]))
    return numbers


async def test_an_event_exists_if_and_only_if_its_transaction_committed(bus: Bus, sender: Database) -> None:
    kept, lost = uuid4(), uuid4()

    async def fail() -> None:
        async with sender.transaction() as transaction:
            await count_within(transaction, lost)
            await transaction.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await count(sender, kept)
    async with running(Relay(sender, bus)):
        assert await relayed_numbers(bus, 1) == {str(kept): [1]}


async def test_a_transaction_that_emits_early_and_commits_late_is_not_lost(bus: Bus, sender: Database) -> None:
    early, late = uuid4(), uuid4()
    async with running(Relay(sender, bus)), bus.subscribe("readers", [TOPIC]) as subscription:
        async with sender.transaction() as slow:
            await count_within(slow, early)
            await slow.flush()
            for _ in range(20):
                await count(sender, late)
            overtaking = await receive_all(subscription, 20)
        assert {delivery.message.key for delivery in overtaking} == {str(late)}
        assert [delivery.message.key for delivery in await receive_all(subscription, 1)] == [str(early)]


async def test_several_relays_keep_order_per_key(
    bus: Bus, adapter: Adapter, bus_address: str, sender: Database
) -> None:
    counters = [uuid4() for _ in range(30)]

    async def write(counters: list[UUID]) -> None:
        for _ in range(20):
            for counter in counters:
                await count(sender, counter)

    async with AsyncExitStack() as stack:
        relays = []
        for _ in range(3):
            replica = await stack.enter_async_context(opened(SENDER, sender.dsn))
            other = adapter.connect(bus_address)
            stack.push_async_callback(other.close)
            relays.append(Relay(replica, other))
        async with running(*relays):
            await asyncio.gather(*(write(counters[start::4]) for start in range(4)))
            numbers = await relayed_numbers(bus, 600)
    assert numbers == {str(counter): list(range(1, 21)) for counter in counters}


@pytest.mark.usefixtures("expects_outages")
async def test_the_outbox_waits_for_a_bus_that_is_away(bus: Bus, sender: Database) -> None:
    class Away:
        """Fails the first times it is asked to publish, once after having published."""

        def __init__(self) -> None:
            self.failures = 3

        async def publish(self, messages: object) -> None:
            self.failures -= 1
            if self.failures == 0:
                await bus.publish(messages)  # type: ignore[arg-type]
            if self.failures >= 0:
                raise BusUnavailable("away")
            await bus.publish(messages)  # type: ignore[arg-type]

    counter = uuid4()
    await count(sender, counter, times=10)
    async with running(Relay(sender, Away())):  # type: ignore[arg-type]
        await eventually(lambda: empty(sender))
    numbers = (await relayed_numbers(bus, 10))[str(counter)]
    assert numbers[:10] == list(range(1, 11))


async def test_a_shard_passes_on_when_its_owner_ends(bus: Bus, other_bus: Bus, sender: Database) -> None:
    async with opened(SENDER, sender.dsn) as replica:
        async with running(Relay(sender, bus)):
            await count(sender, uuid4())
            await eventually(lambda: empty(sender))
            async with running(Relay(replica, other_bus)):
                await count(replica, uuid4())
                await eventually(lambda: empty(sender))
        async with running(Relay(replica, other_bus)):
            await count(replica, uuid4())
            await eventually(lambda: empty(sender))


async def test_a_shard_passes_on_when_its_owner_stands_still(
    bus: Bus, sender: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "FROZEN", "500ms")
    async with sender.own_connection(polls=True) as frozen:
        for shard in range(sender.outbox_shards):
            await frozen.execute("SELECT pg_advisory_lock($1, $2)", OUTBOX_LOCK, shard)
        monkeypatch.undo()
        async with running(Relay(sender, bus)):
            await count(sender, uuid4())
            await eventually(lambda: empty(sender))
