"""What runs beside delivery: the sweeper, the gauges, and the loud halt where messages are missing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from shared.bus.port import Bus
from shared.database.database import Database
from shared.delivery.gauges import Gauges
from shared.delivery.inbox import InboxSweeper
from shared.delivery.relay import Relay
from tests.conformance.adapters import Adapter
from tests.conformance.counting import Counted
from tests.conformance.receiving import PATIENT, envelope_of, message_of, metric, receiving, wrote
from tests.conformance.service import RECEIVER, TOPIC, count, eventually, running, total
from tests.conformance.test_parking import Moody, counted, stands
from tests.conformance.test_port import receive_some


async def test_old_inbox_rows_are_swept_and_young_ones_stay(bus: Bus, receiver: Database) -> None:
    counter = uuid4()
    await bus.publish(counted(counter, 1, 2, 3))
    async with running(*receiving(receiver, bus)):
        await eventually(wrote(receiver, {counter: [1, 2, 3]}))
    async with receiver.connection() as connection:
        await connection.execute(
            """UPDATE inbox SET received_at = now() - interval '46 days'
               WHERE event_id = (SELECT event_id FROM inbox LIMIT 1)"""
        )
    assert await InboxSweeper(receiver, timedelta(days=45)).sweep() == 1
    assert await total(receiver, "inbox") == 2


async def test_gauges_tell_depth_age_lag_and_parked_keys(bus: Bus, receiver: Database) -> None:
    poison = uuid4()
    consumer, _ = receiving(receiver, bus, {Counted: Moody({poison}).handle}, PATIENT)
    await bus.publish(counted(poison, 1, 2))
    async with running(consumer):
        await eventually(stands(receiver, ("waiting", 1), ("waiting", 0)))
    await count(receiver, uuid4(), times=3)
    async with receiver.connection() as connection:
        await connection.execute("UPDATE outbox SET created_at = now() - interval '1 hour'")
    await bus.publish(counted(uuid4(), 1))

    await Gauges(receiver, bus, [TOPIC]).measure()

    assert metric("jingzhun_outbox_depth") == 3
    assert metric("jingzhun_outbox_age_seconds") >= 3600
    assert metric("jingzhun_parked_keys") == 1
    assert metric("jingzhun_dead_keys") == 0


@pytest.mark.usefixtures("expects_outages")
async def test_a_consumer_halts_loudly_until_an_operator_accepts_the_loss(
    bus: Bus, bus_address: str, adapter: Adapter, sender: Database, receiver: Database
) -> None:
    counter = uuid4()
    await bus.publish([message_of(envelope_of(Counted(counter=counter, number=0)))])
    async with bus.subscribe(RECEIVER, [TOPIC]) as subscription:
        await receive_some(subscription)
    await adapter.forget(bus_address)
    await count(sender, counter)
    async with running(Relay(sender, bus), *receiving(receiver, bus)):

        async def halted() -> bool:
            return metric("jingzhun_retention_exceeded") == 1

        await eventually(halted)
        assert await total(receiver, "effects") == 0
        assert await bus.accept_loss(RECEIVER, [TOPIC]) == 1
        assert await bus.accept_loss(RECEIVER, [TOPIC]) in {0, 1}
        await eventually(wrote(receiver, {counter: [1]}))
    assert metric("jingzhun_retention_exceeded") == 0
