"""Strangers' clients: kcat reads our topics and writes to them; whatever is written stops nobody."""

import json
import os
import shutil
import subprocess
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer

from shared.bus.kafka.publisher import shard_of
from shared.bus.kafka.unreadable import UNREADABLE
from shared.bus.port import Bus, BusUnavailable, Delivery, Message
from shared.bus.topics import LARGEST_EVENT
from shared.database.database import Database
from shared.delivery.relay import Relay
from tests.conformance.counting import Counted
from tests.conformance.receiving import envelope_of, message_of, receiving, wrote
from tests.conformance.service import DEAD_LETTERS, SHARDS, TOPIC, count, eventually, running
from tests.conformance.test_port import receive_all


class Kcat:
    """kcat as its users run it."""

    def __init__(self, address: str) -> None:
        where = json.loads(address)
        self._broker, self._prefix = where["bootstrap"], where["prefix"]

    def produce(self, value: bytes, *options: bytes) -> None:
        """``value`` without a line break, which ends a message for kcat."""
        self._run(["-P"], *options, value=value + b"\n")

    def consume(self, form: str) -> str:
        return self._run(["-C", "-e", "-q", "-f", form]).decode()

    def _run(self, mode: list[str], *options: bytes, value: bytes = b"") -> bytes:
        arguments = [*mode, "-b", self._broker, "-t", self._prefix + TOPIC]
        command = [b"kcat", *(argument.encode() for argument in arguments), *options]
        return subprocess.run(command, input=value, check=True, capture_output=True, timeout=60).stdout


@pytest.fixture
def kcat(bus: Bus, bus_address: str) -> Kcat:
    if shutil.which("kcat") is None:
        told = "kcat is missing: apt-get install kcat"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    return Kcat(bus_address)


def options_of(message: Message) -> list[bytes]:
    headers = [option for name, value in message.headers.items() for option in ("-H", f"{name}={value}")]
    return [option.encode() for option in ("-k", message.key, *headers)]


async def test_kcat_reads_our_events_with_their_attributes(bus: Bus, sender: Database, kcat: Kcat) -> None:
    counter = uuid4()
    await count(sender, counter)
    async with running(Relay(sender, bus)), bus.subscribe("readers", [TOPIC]) as subscription:
        await receive_all(subscription, 1)
    key, headers, value = kcat.consume("%k\t%h\t%s\n").strip().split("\t")
    read = dict(header.split("=", 1) for header in headers.split(","))
    assert key == read["ce_partitionkey"] == read["ce_subject"] == str(counter)
    assert read["ce_type"] == Counted.type()
    assert (read["ce_specversion"], read["content-type"]) == ("1.0", "application/json")
    assert json.loads(value) == {"counter": str(counter), "number": 1}


async def test_an_event_that_kcat_produces_is_handled(bus: Bus, receiver: Database, kcat: Kcat) -> None:
    counter = uuid4()
    message = message_of(envelope_of(Counted(counter=counter, number=1)))
    kcat.produce(message.value, *options_of(message))
    async with running(*receiving(receiver, bus)):
        await eventually(wrote(receiver, {counter: [1]}))
        await bus.publish([message_of(envelope_of(Counted(counter=counter, number=2)))])
        await eventually(wrote(receiver, {counter: [1, 2]}))


async def test_kcat_and_we_put_equal_keys_into_one_shard(bus: Bus, kcat: Kcat) -> None:
    keys = [f"key-{number}" for number in range(20)]
    await bus.publish([Message(TOPIC, key, {}, b"ours") for key in keys])
    for key in keys:
        kcat.produce(b"theirs", b"-k", key.encode())
    shards: dict[str, set[int]] = {}
    for delivery in await received(bus, 40):
        shards.setdefault(delivery.message.key, set()).add(delivery.shard)
    assert {len(found) for found in shards.values()} == {1}


async def received(bus: Bus, expected: int) -> list[Delivery]:
    async with bus.subscribe("readers", [TOPIC]) as subscription:
        return await receive_all(subscription, expected)


async def test_a_record_without_key_or_value_is_received(bus: Bus, bus_address: str, kcat: Kcat) -> None:
    where = json.loads(bus_address)
    async with AIOKafkaProducer(bootstrap_servers=where["bootstrap"]) as stranger:
        await stranger.send_and_wait(where["prefix"] + TOPIC, key=b"tombstone", value=None)
    kcat.produce(b"no key", b"-H", b"ce_partitionkey=mine")
    kcat.produce(b"nothing at all")
    messages = {delivery.message.value: delivery.message for delivery in await received(bus, 3)}
    assert messages[b""].key == "tombstone"
    assert messages[b"no key"].key == "mine"
    assert messages[b"nothing at all"].key == ""


async def test_bytes_that_are_no_text_are_dead_lettered_and_stop_nobody(
    bus: Bus, receiver: Database, kcat: Kcat
) -> None:
    healthy = uuid4()
    kcat.produce(b"\x00\xff", b"-k", b"\xff\xfe", b"-H", b"ce_id=\xfe", b"-H", b"ce_id=again", b"-H", b"empty")
    await bus.publish([message_of(envelope_of(Counted(counter=healthy, number=1)))])
    async with running(*receiving(receiver, bus), Relay(receiver, bus)):
        await eventually(wrote(receiver, {healthy: [1]}))
        async with bus.subscribe("operators", [DEAD_LETTERS]) as subscription:
            (letter,) = await receive_all(subscription, 1)
    assert letter.message.value == b"\x00\xff"


async def test_the_largest_message_a_topic_takes_can_be_dead_lettered(bus: Bus, receiver: Database) -> None:
    """Its headers are garbage that grows threefold when made storable."""
    junk = "\udcff" * (LARGEST_EVENT // 2)
    await bus.publish([Message(TOPIC, "key", {"junk": junk}, bytes(LARGEST_EVENT // 2))])
    parts = *receiving(receiver, bus), Relay(receiver, bus)
    async with running(*parts), bus.subscribe("operators", [DEAD_LETTERS]) as subscription:
        (letter,) = await receive_all(subscription, 1)
    assert letter.message.value == bytes(LARGEST_EVENT // 2)


async def test_what_is_larger_than_a_topic_takes_is_refused_and_others_go_on(bus: Bus) -> None:
    with pytest.raises(BusUnavailable, match="MessageSizeTooLarge"):
        await bus.publish([Message(TOPIC, "key", {}, bytes(2 * LARGEST_EVENT))])
    await bus.publish([Message(TOPIC, "key", {}, b"small")])
    assert [delivery.message.value for delivery in await received(bus, 1)] == [b"small"]


@pytest.mark.usefixtures("expects_outages")
async def test_a_record_that_cannot_be_read_is_told_by_its_place_and_stops_nobody(
    bus: Bus, receiver: Database, kcat: Kcat
) -> None:
    counter = uuid4()
    events = [message_of(envelope_of(Counted(counter=counter, number=number), number)) for number in (1, 2, 3)]
    await bus.publish(events[:2])
    shard = shard_of(str(counter).encode(), SHARDS)
    kcat.produce(b"lost", b"-p", str(shard).encode(), b"-H", b"na\xffme=value")
    await bus.publish(events[2:])
    async with running(*receiving(receiver, bus), Relay(receiver, bus)):
        await eventually(wrote(receiver, {counter: [1, 2, 3]}))
        async with bus.subscribe("operators", [DEAD_LETTERS]) as subscription:
            (letter,) = await receive_all(subscription, 1)
    assert UNREADABLE in letter.message.headers
    assert letter.message.headers["kafka_dlt-original-offset"] == "2"
