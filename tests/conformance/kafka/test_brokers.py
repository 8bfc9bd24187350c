"""The broker dies in the middle and comes back; or was never there."""

import asyncio
from uuid import uuid4

import pytest

from shared.bus.kafka import Cluster, KafkaBus
from shared.bus.port import Bus, BusUnavailable, Message
from shared.database.database import Database
from shared.delivery.relay import Relay
from tests.conformance.adapters import KafkaAdapter
from tests.conformance.receiving import receiving, wrote
from tests.conformance.service import TOPIC, count, counts_of, eventually, running, total
from tests.conformance.test_port import receive_all
from tests.fixtures.kafka import Broker, free_port


@pytest.fixture
def kafka_address(private_broker: Broker) -> str:
    """Of a broker that this test may kill."""
    return KafkaAdapter.address(private_broker.bootstrap, "")


@pytest.mark.usefixtures("expects_outages")
async def test_everything_goes_on_when_a_killed_broker_is_back(
    bus: Bus, private_broker: Broker, sender: Database, receiver: Database
) -> None:
    counters, stop = [uuid4() for _ in range(8)], asyncio.Event()

    async def write() -> None:
        while not stop.is_set():
            for counter in counters:
                await count(sender, counter)
            await asyncio.sleep(0)

    async with running(Relay(sender, bus), *receiving(receiver, bus)):
        writing = asyncio.create_task(write())
        for _ in range(2):
            before = await total(receiver, "effects")

            async def more_arrived(before: int = before) -> bool:
                return await total(receiver, "effects") > before

            await eventually(more_arrived)
            private_broker.kill()
            with pytest.raises(BusUnavailable, match=private_broker.bootstrap):
                await bus.check()
            await asyncio.to_thread(private_broker.start)
        stop.set()
        await writing
        await count(sender, counters[0])
        await eventually(wrote(receiver, await counts_of(sender)))


async def test_a_broker_that_is_not_there_is_told_and_nothing_hangs(database_server: object) -> None:
    bus = KafkaBus(Cluster(f"127.0.0.1:{free_port()}"))
    with pytest.raises(BusUnavailable, match=r"127\.0\.0\.1"):
        await bus.check()
    async with asyncio.timeout(60):
        attempts = [
            bus.declare({TOPIC: 1}),
            bus.publish([Message(TOPIC, "key", {}, b"")]),
            bus.lag("group", [TOPIC]),
            _join(bus),
        ]
        outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [BusUnavailable] * len(attempts)
    await bus.close()


async def _join(bus: Bus) -> None:
    async with bus.subscribe("group", [TOPIC]):
        pass


async def test_a_publication_that_waits_for_the_broker_is_given_up_and_comes_once_it_is_back(
    bus: Bus, private_broker: Broker
) -> None:
    """Given up is not undone: both attempts may arrive, the first never out of its order. Offsets are kept too."""

    def message(number: int) -> Message:
        return Message(TOPIC, "key", {"ce_id": str(number)}, b"%d" % number)

    await bus.publish([message(0)])
    async with bus.subscribe("readers", [TOPIC]) as subscription:
        await receive_all(subscription, 1)
    private_broker.kill()
    with pytest.raises(BusUnavailable):
        await bus.publish([message(1), message(2)])
    await asyncio.to_thread(private_broker.start)
    await _once_back(bus)
    await bus.publish([message(1), message(2)])
    await bus.publish([message(3)])

    seen: list[int] = []
    async with bus.subscribe("readers", [TOPIC]) as subscription, asyncio.timeout(60):
        while 3 not in seen:
            batch = await subscription.receive(100, 0.5)
            seen += [int(delivery.message.value) for delivery in batch]
            await subscription.acknowledge(batch)
    assert list(dict.fromkeys(seen)) == [1, 2, 3]


async def _once_back(bus: Bus) -> None:
    async def answers() -> bool:
        try:
            await bus.check()
        except BusUnavailable:
            return False
        return True

    await eventually(answers)
