"""What every adapter says of topics: the limits of what fits, and the refusal of another number of shards."""

from collections.abc import Mapping

from shared.bus.port import Message, TopicMismatch

LARGEST_EVENT = 1_000_000
"""Bytes of key, headers and value together. What is larger must not enter an outbox: it would never leave it."""

LARGEST_DEAD_LETTER = 4 * LARGEST_EVENT
"""Room for any event that a topic takes, with its headers made storable and those of the dead letter beside it."""

_DEAD_LETTERS = ".dlq"


class EventTooLarge(ValueError):
    """The event is larger than the bus takes; both numbers stand in the text, nothing of its content."""


def dead_letter_topic(topic: str, group: str) -> str:
    return f"{topic}.{group}{_DEAD_LETTERS}"


def largest_message(topic: str) -> int:
    return LARGEST_DEAD_LETTER if topic.endswith(_DEAD_LETTERS) else LARGEST_EVENT


def refuse_oversized(message: Message) -> None:
    """Raises ``EventTooLarge``."""
    headers = sum(len(name.encode()) + len(value.encode()) for name, value in message.headers.items())
    size, largest = len(message.key.encode()) + headers + len(message.value), largest_message(message.topic)
    if size > largest:
        raise EventTooLarge(f"an event of {size} bytes for {message.topic}, which takes {largest}")


def refuse_mismatch(found: Mapping[str, int], declared: Mapping[str, int]) -> None:
    """Raises ``TopicMismatch``. Topics not found are no mismatch."""
    wrong = [
        f"{name} has {found[name]} shards, the topology says {shards}"
        for name, shards in declared.items()
        if found.get(name, shards) != shards
    ]
    if wrong:
        raise TopicMismatch("; ".join(wrong))
