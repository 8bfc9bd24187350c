"""From the bus to a handler's effects: once, in order per key, and only what is ours."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.bus.port import Bus, Delivery, Message, Subscription
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.delivery.consumer import Consumer, Received
from shared.delivery.dispatch import RawDispatch
from shared.delivery.drain import drained
from shared.delivery.relay import Relay
from tests.conformance.counting import Closed, Counted, Unheard
from tests.conformance.receiving import envelope_of, message_of, metric, receiving, wrote
from tests.conformance.service import (
    DIVISION,
    HANDLERS,
    RECEIVER,
    TOPIC,
    count,
    counts_of,
    eventually,
    running,
    total,
    write_down,
)


def counted(counter: UUID, number: int) -> Message:
    return message_of(envelope_of(Counted(counter=counter, number=number), number))


async def test_effects_follow_what_was_decided(bus: Bus, sender: Database, receiver: Database) -> None:
    counters = [uuid4() for _ in range(10)]
    async with running(Relay(sender, bus), *receiving(receiver, bus)):
        for _ in range(10):
            await asyncio.gather(*(count(sender, counter) for counter in counters))
        await eventually(wrote(receiver, await counts_of(sender)))


async def test_injected_duplicates_take_effect_once(bus: Bus, receiver: Database) -> None:
    counter, before = uuid4(), metric("jingzhun_duplicate_events_total")
    messages = [counted(counter, number) for number in range(1, 21)]
    async with running(*receiving(receiver, bus)):
        await bus.publish(messages)
        await eventually(wrote(receiver, {counter: list(range(1, 21))}))
        # A bus may deliver these again or know them by their ids; either way they take effect once.
        await bus.publish([*messages[5:], *messages[:3]])
        await bus.publish([counted(counter, 21)])
        await eventually(wrote(receiver, {counter: list(range(1, 22))}))
    async with bus.subscribe("again", [TOPIC]) as subscription:
        redelivered = await subscription.receive(100, 5)
    consumer = receiving(receiver, bus)[0]
    await consumer._take(redelivered)  # type: ignore[attr-defined]
    assert metric("jingzhun_duplicate_events_total") >= before + len(redelivered)
    assert await wrote(receiver, {counter: list(range(1, 22))})()


async def test_types_alternating_keep_their_order(bus: Bus, receiver: Database) -> None:
    counter = uuid4()
    models = (Counted, Counted, Closed, Counted, Closed, Closed)
    await bus.publish(
        [
            message_of(envelope_of(model(counter=counter, number=number), number))
            for number, model in enumerate(models, 1)
        ]
    )
    async with running(*receiving(receiver, bus)):
        await eventually(wrote(receiver, {counter: [1, 2, 3, 4, 5, 6]}))


async def test_the_unknown_and_the_unheard_are_skipped(bus: Bus, receiver: Database) -> None:
    counter, before = uuid4(), metric("jingzhun_skipped_events_total")
    event = Counted(counter=counter, number=1)
    await bus.publish(
        [
            message_of(envelope_of(event, type_="jingzhun.counting.never_heard_of.v1")),
            message_of(envelope_of(event, type_="com.example.stranger")),
            message_of(envelope_of(Unheard(counter=counter))),
            counted(counter, 1),
        ]
    )
    async with running(*receiving(receiver, bus)):
        await eventually(wrote(receiver, {counter: [1]}))
    assert metric("jingzhun_skipped_events_total") == before + 3
    assert await total(receiver, "parked") == 0


@pytest.mark.parametrize("several", [False, True])
async def test_what_a_handler_emits_names_its_cause(
    bus: Bus, sender: Database, receiver: Database, several: bool
) -> None:
    counters = [uuid4() for _ in range(3 if several else 1)]

    async def answer(transaction: Transaction, received: Sequence[Received[Counted]]) -> None:
        for each in received:
            event = Closed(counter=each.event.counter, number=each.event.number)
            cause = each.envelope if several else None
            transaction.emit(event, division=DIVISION, sequence=1, cause=cause)

    messages = [counted(counter, 1) for counter in counters]
    await bus.publish(messages)
    async with running(*receiving(receiver, bus, {Counted: answer})):

        async def answered() -> bool:
            return await total(receiver, "outbox") == len(counters)

        await eventually(answered)
    async with receiver.connection() as connection:
        headers = {row["key"]: row["headers"] for row in await connection.fetch("SELECT key, headers FROM outbox")}
    for message in messages:
        assert headers[message.key]["ce_causationid"] == message.id
        assert headers[message.key]["ce_correlationid"] == message.headers["ce_correlationid"]


async def test_a_raw_handler_receives_everything_once(bus: Bus, receiver: Database) -> None:
    seen: list[Delivery] = []

    async def archive(transaction: Transaction, deliveries: Sequence[Delivery]) -> None:
        await transaction.execute("SELECT 1")
        seen.extend(deliveries)

    counter = uuid4()
    messages = [
        counted(counter, 1),
        message_of(envelope_of(Counted(counter=counter, number=2), type_="com.example.stranger")),
        Message(TOPIC, "garbage", {"x": "y"}, b"\xff\x00"),
        counted(counter, 3),
    ]
    await bus.publish(messages)
    consumer = Consumer(receiver, bus, [TOPIC], RawDispatch(archive))
    async with running(consumer):

        async def all_seen() -> bool:
            return len(seen) == len(messages)

        await eventually(all_seen)
    await consumer._take(seen.copy())
    assert len(seen) == len(messages)
    by_value = {delivery.message.value: delivery.message for delivery in seen}
    assert [by_value[message.value].headers for message in messages] == [message.headers for message in messages]


class Watching:
    """A bus that notes how far receiving runs ahead of acknowledging."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self.unacknowledged = 0
        self.most = 0

    @asynccontextmanager
    async def subscribe(self, group: str, topics: Sequence[str]) -> AsyncIterator["Watching"]:
        async with self._bus.subscribe(group, topics) as self._inner:
            yield self

    _inner: Subscription

    async def receive(self, limit: int, wait: float) -> Sequence[Delivery]:
        deliveries = await self._inner.receive(limit, wait)
        self.unacknowledged += len(deliveries)
        self.most = max(self.most, self.unacknowledged)
        return deliveries

    async def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        await self._inner.acknowledge(deliveries)
        self.unacknowledged -= len(deliveries)


async def test_a_slow_handler_is_never_sent_more_than_it_asked_for(bus: Bus, receiver: Database) -> None:
    counter, resume = uuid4(), asyncio.Event()

    async def slow(transaction: Transaction, received: Sequence[Received[Any]]) -> None:
        await resume.wait()
        await write_down(transaction, received)

    watching = Watching(bus)
    async with running(*receiving(receiver, watching, {Counted: slow})):  # type: ignore[arg-type]
        for start in range(1, 2001, 250):
            await bus.publish([counted(counter, number) for number in range(start, start + 250)])
        assert watching.most <= 500
        assert sum((await bus.lag(RECEIVER, [TOPIC])).values()) == 2000
        resume.set()
        await eventually(wrote(receiver, {counter: list(range(1, 2001))}))
    assert watching.most <= 500


async def test_three_consumers_share_the_work_and_repeat_nothing(
    bus: Bus, other_bus: Bus, sender: Database, receiver: Database
) -> None:
    counters = [uuid4() for _ in range(24)]

    async def write() -> None:
        for _ in range(8):
            for counter in counters:
                await count(sender, counter)

    async with running(Relay(sender, bus), *receiving(receiver, bus)):
        writing = asyncio.create_task(write())
        for _ in range(3):
            async with running(*receiving(receiver, other_bus), *receiving(receiver, other_bus)):
                await count(sender, counters[0])
        await writing
        await eventually(wrote(receiver, await counts_of(sender)))


async def test_drained_tells_every_station(bus: Bus, sender: Database, receiver: Database) -> None:
    counter = uuid4()
    quiet = await drained(sender, bus, "sender", [])
    assert quiet.drained
    await count(sender, counter)
    decided = await drained(sender, bus, "sender", [])
    assert decided.outbox == 1
    assert decided.activity > quiet.activity

    async with running(Relay(sender, bus)):

        async def published() -> bool:
            return (await drained(sender, bus, "sender", [])).drained

        await eventually(published)
    assert (await drained(receiver, bus, RECEIVER, [TOPIC])).lag == 1

    async with running(*receiving(receiver, bus, HANDLERS)):

        async def received() -> bool:
            return (await drained(receiver, bus, RECEIVER, [TOPIC])).drained

        await eventually(received)
    assert await wrote(receiver, {counter: [1]})()
