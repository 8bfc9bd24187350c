"""Publishing in rounds: a shard's next batch leaves when the last one is durable.

So a batch that fails is never overtaken, and whatever is published again (by this process or the next owner of the
outbox) only repeats messages whose predecessors are durable already: the first appearance of messages of equal key
is in order, whichever attempt it comes from.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

import structlog
from aiokafka import AIOKafkaProducer

from shared.bus import metrics
from shared.bus.kafka.binding import record_of
from shared.bus.kafka.closing import Closing
from shared.bus.kafka.cluster import Cluster, started
from shared.bus.port import Message
from shared.bus.topics import LARGEST_DEAD_LETTER

log = structlog.get_logger()
PUBLISH_SECONDS = 15.0
_BATCH_BYTES = 512 * 1024
_REQUEST_BYTES = 2 * LARGEST_DEAD_LETTER


def shard_of(key: bytes, shards: int) -> int:
    """As librdkafka and its kin share out their keys, and as the log in PostgreSQL does.

    The Java client's murmur2 costs a hundred times as much in Python, and only relays write to our topics.
    """
    return crc32(key) % shards


class Publisher:
    """One idempotent producer for the process; replaced when it has failed."""

    def __init__(self, cluster: Cluster, closing: Closing) -> None:
        self._cluster = cluster
        self._closing = closing
        self._producer: Any = None
        self._starting = asyncio.Lock()

    async def publish(self, messages: Sequence[Message], shards: Mapping[str, int]) -> None:
        """Raises ``BusUnavailable``: then anything of it may be durable, and all of it may be published again."""
        try:
            async with self._cluster.answering(PUBLISH_SECONDS):
                producer = await self._started()
                try:
                    await self._send(producer, messages, shards)
                except BaseException:
                    self._replace(producer)
                    raise
        except Exception as error:
            metrics.publish_errors.labels(type(error.__cause__ or error).__name__).inc()
            raise

    async def close(self) -> None:
        if self._producer is not None:
            self._replace(self._producer)

    async def _send(self, producer: Any, messages: Sequence[Message], shards: Mapping[str, int]) -> None:
        lanes: dict[tuple[str, int], list[Message]] = defaultdict(list)
        for message in messages:
            key = message.key.encode("utf-8", "surrogateescape")
            lanes[message.topic, shard_of(key, shards[message.topic])].append(message)
        try:
            async with asyncio.TaskGroup() as tasks:
                for (topic, shard), lane in lanes.items():
                    tasks.create_task(self._send_in_rounds(producer, topic, shard, lane))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed

    async def _send_in_rounds(self, producer: Any, topic: str, shard: int, lane: Sequence[Message]) -> None:
        for batch in _batches(producer, lane):
            sent = await producer.send_batch(batch, self._cluster.prefix + topic, partition=shard)
            sent.add_done_callback(_noted)
            await asyncio.shield(sent)

    async def _started(self) -> Any:
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    **self._cluster.client,
                    enable_idempotence=True,
                    acks="all",
                    max_batch_size=_BATCH_BYTES,
                    max_request_size=_REQUEST_BYTES,
                )
                await started(producer, producer.stop)
                self._producer = producer
            return self._producer

    def _replace(self, producer: Any) -> None:
        """The next call starts another. This one may have to flush first, which is harmless and may take long."""
        if self._producer is producer:
            self._producer = None
        self._closing.close(producer.stop())


def _noted(sent: "asyncio.Future[Any]") -> None:
    """A batch may fail after nobody waits for it any more."""
    if not sent.cancelled():
        sent.exception()


def _batches(producer: Any, lane: Sequence[Message]) -> Iterator[Any]:
    """The messages in order, in as few batches as hold them. A message larger than a batch has one of its own."""
    batch = producer.create_batch()
    for message in lane:
        record = record_of(message)
        content = {"key": record.key, "value": record.value, "headers": list(record.headers.items())}
        if batch.append(timestamp=None, **content) is None:
            yield batch
            batch = producer.create_batch()
            batch.append(timestamp=None, **content)
    yield batch
