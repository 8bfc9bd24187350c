"""A message and its Kafka record: CloudEvents' binary binding, byte for byte.

``Message.headers`` already are the binding's headers, so nothing is parsed here; the tests hold this module to the
``cloudevents`` package in both directions. What strangers send is kept as it came: bytes that are no UTF-8 survive as
surrogates, a repeated header's last value counts, and a missing value is an empty one.
"""

from datetime import UTC, datetime
from typing import Any

from cloudevents.core.bindings.kafka import CE_PREFIX, PARTITIONKEY_ATTR, KafkaMessage

from shared.bus.port import Delivery, Message
from shared.clock import system_now

_KEY = CE_PREFIX + PARTITIONKEY_ATTR


def record_of(message: Message) -> KafkaMessage:
    """The partition key is the record's key."""
    headers = {name: _encoded(value) for name, value in message.headers.items()}
    return KafkaMessage(headers=headers, key=_encoded(message.key), value=message.value)


def delivery_of(record: Any, topic: str) -> Delivery:
    """``topic`` without the cluster's prefix."""
    headers = {name: _decoded(value or b"") for name, value in record.headers}
    key = headers.get(_KEY, "") if record.key is None else _decoded(record.key)
    message = Message(topic, key, headers, record.value or b"")
    return Delivery(message, record.partition, record.offset, _moment(record.timestamp))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _moment(milliseconds: int) -> datetime:
    """On a topic that others made, the stamp is the producer's and may be anything."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return system_now()
