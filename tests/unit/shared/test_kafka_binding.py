"""Our records and those of the ``cloudevents`` package are the same, in both directions."""

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID, uuid4

import orjson
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from shared.bus.kafka.binding import delivery_of, record_of
from shared.bus.port import Message
from shared.events.base import Envelope
from shared.events.households import HouseholdRegistered

MOMENT = datetime(2025, 3, 1, 8, 30, 0, 125000, UTC)
TOPIC = "jingzhun.households.v1"


def envelope() -> Envelope:
    event = HouseholdRegistered(household_id=uuid4(), in_scope=True, members=3)
    return Envelope(
        id=uuid4(),
        type=event.type(),
        source="/jingzhun/households",
        subject=event.subject,
        partition_key=event.subject,
        time=MOMENT,
        division="500229101001",
        sequence=7,
        correlation_id="a-request",
        causation_id=None,
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        data=event.encoded(),
    )


def received(message: KafkaMessage, **changes: object) -> Message:
    record = SimpleNamespace(
        key=message.key if isinstance(message.key, bytes | None) else message.key.encode(),
        value=message.value,
        headers=list(message.headers.items()),
        partition=2,
        offset=11,
        timestamp=int(MOMENT.timestamp() * 1000),
    )
    return delivery_of(SimpleNamespace(**(vars(record) | changes)), TOPIC).message


def test_what_we_publish_is_the_same_event_to_others() -> None:
    ours = envelope()
    event = from_binary(record_of(Message(TOPIC, ours.partition_key, ours.headers(), ours.data)), JSONFormat())
    attributes = event.get_attributes()
    assert attributes["id"] == str(ours.id)
    assert attributes["type"] == ours.type
    assert attributes["source"] == ours.source
    assert attributes["subject"] == ours.subject
    assert attributes["time"] == ours.time
    assert attributes["datacontenttype"] == "application/json"
    assert attributes["partitionkey"] == ours.partition_key
    assert attributes["division"] == ours.division
    assert attributes["sequence"] == "7"
    assert attributes["correlationid"] == ours.correlation_id
    assert attributes["traceparent"] == ours.traceparent
    assert "causationid" not in attributes
    assert event.get_data() == orjson.loads(ours.data)


def test_what_others_publish_is_the_same_event_to_us() -> None:
    id_, household = uuid4(), uuid4()
    attributes = {
        "specversion": "1.0",
        "id": str(id_),
        "type": HouseholdRegistered.type(),
        "source": "/elsewhere",
        "subject": str(household),
        "time": MOMENT,
        "datacontenttype": "application/json",
        "partitionkey": str(household),
        "division": "500229101001",
        "sequence": "7",
        "correlationid": "a-request",
    }
    data = {"household_id": str(household), "in_scope": True, "members": 3}
    message = received(to_binary(CloudEvent(attributes, data), JSONFormat()))
    read = Envelope.read(message.headers, message.value)
    assert message.key == str(household)
    assert (read.id, read.type, read.subject, read.time, read.sequence) == (
        id_,
        HouseholdRegistered.type(),
        str(household),
        MOMENT,
        7,
    )
    assert HouseholdRegistered.model_validate_json(read.data).household_id == UUID(data["household_id"])


def test_a_record_without_a_key_has_its_event_s_partition_key() -> None:
    ours = envelope()
    record = record_of(Message(TOPIC, ours.partition_key, ours.headers(), ours.data))
    assert received(record, key=None).key == ours.partition_key
    assert received(record, key=None, headers=[]).key == ""


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"", "农户".encode(), b"a\x00b"])
def test_bytes_that_are_no_text_survive_coming_and_going(raw: bytes) -> None:
    record = KafkaMessage(headers={"name": raw}, key=raw, value=raw)
    again = record_of(received(record))
    assert (again.headers, again.key, again.value) == ({"name": raw}, raw, raw)


def test_what_is_missing_or_repeated_is_read() -> None:
    record = KafkaMessage(headers={}, key=b"k", value=b"")
    message = received(record, value=None, headers=[("a", b"1"), ("a", b"2"), ("b", None)])
    assert (message.value, message.headers) == (b"", {"a": "2", "b": ""})


@pytest.mark.parametrize("stamp", [-1, 2**62, -(2**62)])
def test_a_stamp_that_is_no_moment_is_survived(stamp: int) -> None:
    record = SimpleNamespace(key=b"k", value=b"", headers=[], partition=0, offset=0, timestamp=stamp)
    assert delivery_of(record, TOPIC).published_at.tzinfo is UTC
