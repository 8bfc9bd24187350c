"""Whatever stands on the bus is archived once, byte for byte, in one order that a reader can follow."""

import asyncio
from random import Random
from time import perf_counter
from uuid import uuid4

from services.topology import TOPICS
from shared.bus.port import Delivery, Message
from shared.events.identification import CaseWithdrawn
from shared.ids import new_id
from tests.fixtures.happenings import case_fields, delivered, happened, message_of
from tests.fixtures.services import RunningService
from tests.integration.audit.readers import Json, Reader, put, rows

TOPIC = "jingzhun.identification.v1"


def known() -> Message:
    return message_of(happened(CaseWithdrawn(**case_fields(new_id(), "survey", "withdrawn"))))


def unknown() -> Message:
    message = known()
    headers = {**message.headers, "ce_type": "jingzhun.households.house_painted.v3", "ce_id": str(uuid4())}
    return Message(TOPIC, message.key, headers, b'{"colour": "green"}')


def garbage(number: int) -> Message:
    headers = [{}, {"ce_id": str(number), "ce_time": "never"}, {"ce_subject": "s" * 9000, "X Y": "\u202e"}][number % 3]
    return Message(TOPIC, f"key {number}", headers, bytes([0, 255, number % 256]))


def everything(count: int) -> list[Message]:
    kinds = (lambda _: known(), lambda _: known(), lambda _: unknown(), garbage)
    return [kinds[number % len(kinds)](number) for number in range(count)]


async def test_5000_messages_of_all_kinds_are_archived_as_received(audit: RunningService, operator: Reader) -> None:
    messages = everything(5_000)
    for first in range(0, len(messages), 500):
        await audit.bus.publish(messages[first : first + 500])
    seen = 0
    async for _ in operator.tail(limit=1000):
        seen += 1
        if seen == len(messages):
            break
    kept = await rows(audit, "SELECT topic, key, headers, value, position FROM archive ORDER BY bus_position")
    assert [(row["topic"], row["key"], row["headers"], row["value"]) for row in kept] == [
        (message.topic, message.key, message.headers, message.value) for message in messages
    ]
    assert sorted(row["position"] for row in kept) == list(range(1, len(messages) + 1))
    assert await rows(audit, "SELECT * FROM parked") == []


async def test_5000_in_one_transaction_and_again(audit: RunningService) -> None:
    deliveries = [delivered(message, number) for number, message in enumerate(everything(5_000))]
    started = perf_counter()
    await put(audit, deliveries)
    print(f"archived 5000 in {perf_counter() - started:.2f} s")
    first = await rows(audit, "SELECT position, event_id FROM archive ORDER BY position")
    await put(audit, deliveries[2_000:])
    await put(audit, [*deliveries[:10], delivered(known(), 5_000)])
    again = await rows(audit, "SELECT position, event_id FROM archive ORDER BY position")
    assert len(first) == 5_000
    assert again[:-1] == first
    assert again[-1]["position"] == 5_001


async def test_a_reader_sees_every_event_once_while_replicas_append(audit: RunningService, operator: Reader) -> None:
    random, total, writers = Random(11), 600, 3
    batches: list[list[Delivery]] = []
    while (written := sum(map(len, batches))) < total:
        size = min(random.randint(1, 9), total - written)
        batches.append([delivered(known(), written + place) for place in range(size)])

    async def write(mine: list[list[Delivery]]) -> None:
        for batch in mine:
            await put(audit, batch)
            await asyncio.sleep(0)

    async def follow(limit: int) -> list[Json]:
        found: list[Json] = []
        async for item in operator.tail(limit=limit):
            found.append(item)
            if len(found) == total:
                return found
        return found

    async with asyncio.TaskGroup() as tasks:
        readers = [tasks.create_task(follow(limit)) for limit in (1, 7, 100)]
        for number in range(writers):
            tasks.create_task(write(batches[number::writers]))
    kept = await rows(audit, "SELECT event_id::text AS id FROM archive ORDER BY position")
    for reader in readers:
        assert [item["id"] for item in reader.result()] == [row["id"] for row in kept]


async def test_what_postgresql_cannot_keep_is_kept_as_far_as_it_goes(audit: RunningService) -> None:
    await put(audit, [delivered(Message(TOPIC, "k\0", {"ce_subject": "a\0b", "\ud800": "x"}, b"\0"))])
    [row] = await rows(audit, "SELECT key, subject, headers, value FROM archive")
    assert row == {
        "key": "k\ufffd",
        "subject": "a\ufffdb",
        "headers": {"ce_subject": "a\ufffdb", "?": "x"},
        "value": b"\0",
    }


def test_audit_hears_every_service() -> None:
    assert {TOPIC, "jingzhun.audit.v1", "jingzhun.gateway.v1"} <= set(TOPICS)
