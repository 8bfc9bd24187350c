"""What fits on a topic, and what must not enter an outbox."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shared.bus.port import Message, TopicMismatch
from shared.bus.topics import (
    LARGEST_DEAD_LETTER,
    LARGEST_EVENT,
    EventTooLarge,
    dead_letter_topic,
    refuse_mismatch,
    refuse_oversized,
)
from shared.database.transaction import Transaction

TOPIC = "jingzhun.households.v1"


def message(size: int, topic: str = TOPIC) -> Message:
    return Message(topic, "kk", {"name": "农"}, bytes(size - 2 - 4 - 3))


def test_an_event_fits_up_to_the_limit_and_not_a_byte_beyond() -> None:
    refuse_oversized(message(LARGEST_EVENT))
    with pytest.raises(EventTooLarge, match=rf"{LARGEST_EVENT + 1} bytes.*{LARGEST_EVENT}"):
        refuse_oversized(message(LARGEST_EVENT + 1))


def test_a_dead_letter_has_room_for_any_event_and_its_own_headers() -> None:
    letters = dead_letter_topic(TOPIC, "identification")
    refuse_oversized(message(3 * LARGEST_EVENT, letters))
    with pytest.raises(EventTooLarge):
        refuse_oversized(message(LARGEST_DEAD_LETTER + 1, letters))


def test_what_is_too_large_never_enters_an_outbox() -> None:
    connection: Any = None
    transaction = Transaction(connection, service="households", now=datetime.now(UTC), outbox_shards=1)
    with pytest.raises(EventTooLarge):
        transaction.send(TOPIC, "key", {}, bytes(LARGEST_EVENT + 1))
    assert not transaction.has_events


def test_a_mismatch_names_both_numbers_of_every_topic() -> None:
    refuse_mismatch({"a": 1}, {"a": 1, "b": 2})
    with pytest.raises(TopicMismatch, match="a has 1 shards, the topology says 4; c has 3 shards, the topology says 2"):
        refuse_mismatch({"a": 1, "c": 3}, {"a": 4, "c": 2})
