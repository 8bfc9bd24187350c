"""The bus as the services see it. Two adapters keep these promises; one conformance suite holds them to it.

Promised by every adapter:

- ``publish`` returns when every message is durable, and keeps the order given for messages of equal key.
  Published again (same topic, same event id), a message may be delivered again, never lost.
- A topic has a fixed number of shards; messages of equal key share a shard.
- Within a group every shard is received by one subscription at a time, in the order of publishing.
- What was not acknowledged is received again, by this subscription's successor, after any kind of death.
- ``receive`` gives at most ``limit`` messages; what an adapter reads ahead is bounded, so a slow receiver holds little.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

DEAD_LETTER_ID = "kafka_dlt-id"
"""A dead letter keeps the ``ce_id`` of the event it copies, and bears an identity of its own beside it."""


class Message(NamedTuple):
    """One event on its way: ``headers`` hold CloudEvents attributes in Kafka's binary binding (``ce_…``)."""

    topic: str
    key: str
    headers: Mapping[str, str]
    value: bytes

    @property
    def id(self) -> str | None:
        """What makes two publications the same; None for a stranger's message without one."""
        return self.headers.get(DEAD_LETTER_ID) or self.headers.get("ce_id")


class Delivery(NamedTuple):
    """A message as received: ``position`` grows within its topic's shard."""

    message: Message
    shard: int
    position: int
    published_at: datetime


class TopicState(NamedTuple):
    """``heads``: where each shard ends; ``recent``: how many messages came within the time asked about."""

    heads: tuple[int, ...]
    recent: int


class Subscription(Protocol):
    """One member of a consumer group, alive while its context is open."""

    async def receive(self, limit: int, wait: float) -> Sequence[Delivery]:
        """Up to ``limit`` messages in order per shard; waits up to ``wait`` seconds for a first one."""
        ...

    async def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        """Never deliver these, nor anything before them in their shards, to the group again."""
        ...


class Bus(Protocol):
    async def declare(self, topics: Mapping[str, int]) -> None:
        """Create what is missing. Raises ``TopicMismatch`` where a topic has another number of shards."""
        ...

    async def publish(self, messages: Sequence[Message]) -> None:
        """Durable and in order when it returns. Raises ``BusUnavailable`` or ``UnknownTopic``."""
        ...

    def subscribe(self, group: str, topics: Sequence[str]) -> AbstractAsyncContextManager[Subscription]:
        """Join the group. A new group begins with the oldest message kept.

        A subscription that raises ``BusUnavailable`` is over: subscribe again. Raises ``RetentionExceeded``.
        """
        ...

    async def lag(self, group: str, topics: Sequence[str]) -> Mapping[tuple[str, int], int]:
        """How many messages of each (topic, shard) the group has not acknowledged."""
        ...

    async def survey(self, topics: Sequence[str], within: timedelta) -> Mapping[str, TopicState]:
        """What each of the topics holds. Raises ``BusUnavailable``, ``UnknownTopic``."""
        ...

    async def members(self, group: str) -> int:
        """How many subscriptions of the group are alive, in all processes."""
        ...

    async def trim(self, older_than: timedelta) -> int:
        """Remove messages published longer ago than this; how many. Nothing where the broker sees to it itself."""
        ...

    async def accept_loss(self, group: str, topics: Sequence[str]) -> int:
        """An operator's answer to ``RetentionExceeded``: go on with the oldest message kept; how many shards moved."""
        ...

    async def check(self) -> None:
        """Raises ``BusUnavailable`` where the bus does not answer within a few seconds."""
        ...

    async def close(self) -> None: ...


class BusUnavailable(RuntimeError):
    """The bus does not answer. Safe to try again."""


class UnknownTopic(LookupError):
    """A topic that was never declared."""


class TopicMismatch(RuntimeError):
    """A topic exists with another number of shards than the topology says; both numbers stand in the text."""


class RetentionExceeded(RuntimeError):
    """The group was away longer than the bus keeps messages: events may be missing. Told loudly, never skipped."""
