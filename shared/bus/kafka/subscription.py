"""Receiving as a member of a consumer group."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError, NoOffsetForPartitionError, OffsetOutOfRangeError
from aiokafka.structs import TopicPartition

from shared.bus.kafka.binding import delivery_of
from shared.bus.kafka.closing import Closing
from shared.bus.kafka.cluster import REQUEST_SECONDS, Cluster, started
from shared.bus.kafka.handover import REBALANCE_SECONDS, Handover
from shared.bus.kafka.sharing import sharing_of
from shared.bus.kafka.survey import Survey
from shared.bus.kafka.unreadable import Caution, one_by_one, placeholder
from shared.bus.port import BusUnavailable, Delivery, RetentionExceeded, Subscription

log = structlog.get_logger()
READ_AHEAD_BYTES = 4 * 1024 * 1024
"""Of all shards together; of each one at most a quarter, and always at least one message."""
_LEAVE_SECONDS = 5.0
_POLL_SECONDS = 0.05


@asynccontextmanager
async def joined(
    survey: Survey, closing: Closing, caution: Caution, group: str, topics: Sequence[str]
) -> AsyncIterator[Subscription]:
    """A member as long as the block runs. Shards come with the first ``receive`` or later. Raises ``UnknownTopic``."""
    cluster = survey.cluster
    shards = await survey.shards(topics)
    sharing = sharing_of({cluster.prefix + topic: shards[topic] for topic in topics})
    consumer, handover = _consumer(cluster, group, sharing), Handover(group)
    async with cluster.answering():
        await started(consumer, consumer.stop)
    consumer.subscribe([cluster.prefix + topic for topic in topics], listener=handover)
    try:
        yield KafkaSubscription(consumer, handover, survey, caution, group)
    finally:
        handover.end()
        await asyncio.wait({closing.close(consumer.stop())}, timeout=_LEAVE_SECONDS)


def _consumer(cluster: Cluster, group: str, sharing: type[Any]) -> Any:
    session = int(cluster.session.total_seconds() * 1000)
    return AIOKafkaConsumer(
        **cluster.client,
        group_id=cluster.prefix + group,
        enable_auto_commit=False,
        auto_offset_reset="none",
        partition_assignment_strategy=(sharing,),
        session_timeout_ms=session,
        heartbeat_interval_ms=session // 10,
        rebalance_timeout_ms=int(REBALANCE_SECONDS * 1000),
        fetch_max_bytes=READ_AHEAD_BYTES,
        max_partition_fetch_bytes=READ_AHEAD_BYTES // 4,
    )


class KafkaSubscription:
    def __init__(self, consumer: Any, handover: Handover, survey: Survey, caution: Caution, group: str) -> None:
        self._consumer = consumer
        self._handover = handover
        self._survey = survey
        self._caution = caution
        self._group = group
        self._prefix = survey.cluster.prefix

    async def receive(self, limit: int, wait: float) -> Sequence[Delivery]:
        """Raises ``BusUnavailable``, ``RetentionExceeded``. Empty while the group is sharing its shards out."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + wait
        deliveries: Sequence[Delivery] = []
        while not deliveries:
            self._handover.refuse_if_over()
            try:
                deliveries = await self._fetch(limit, max(0.0, deadline - clock()))
            except NoOffsetForPartitionError:
                await self._begin()
            except OffsetOutOfRangeError as gap:
                await self._cross(gap.args[0])
            except UnicodeDecodeError as error:
                self._caution.raise_for(self._group)
                raise BusUnavailable(f"receiving for {self._group}: an unreadable record") from error
            except (KafkaError, OSError) as error:
                raise BusUnavailable(f"receiving for {self._group}: {type(error).__name__}") from error
            if clock() >= deadline:
                break
        return deliveries

    async def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        """Raises ``BusUnavailable``: then a successor receives them again."""
        last: dict[TopicPartition, int] = {}
        for delivery in deliveries:
            partition = TopicPartition(self._prefix + delivery.message.topic, delivery.shard)
            last[partition] = max(last.get(partition, -1), delivery.position)
        if last:
            await self._commit({partition: position + 1 for partition, position in last.items()})
            self._handover.settle(last)

    async def _fetch(self, limit: int, wait: float) -> Sequence[Delivery]:
        """The client waits for a new assignment for as long as it takes; we do not."""
        fetched: list[Delivery] = []
        try:
            async with asyncio.timeout(wait):
                if self._caution.is_needed(self._group):
                    await self._fetch_carefully(limit, fetched)
                else:
                    await self._fetch_together(limit, wait, fetched)
        except TimeoutError:
            pass
        return fetched

    async def _fetch_together(self, limit: int, wait: float, fetched: list[Delivery]) -> None:
        found = await self._consumer.getmany(timeout_ms=int(wait * 1000), max_records=limit)
        self._handover.take({partition: records[-1].offset for partition, records in found.items()})
        for partition, records in found.items():
            topic = partition.topic.removeprefix(self._prefix)
            fetched.extend(delivery_of(record, topic) for record in records)

    async def _fetch_carefully(self, limit: int, fetched: list[Delivery]) -> None:
        while not fetched:
            async for partition, record, offset in one_by_one(self._consumer):
                self._handover.take({partition: offset})
                topic = partition.topic.removeprefix(self._prefix)
                fetched.append(
                    delivery_of(record, topic) if record else placeholder(topic, partition.partition, offset)
                )
                if record is None:
                    log.error("unreadable record", service=self._group, topic=topic, position=offset)
                    self._caution.raise_for(self._group)
                self._caution.relax(self._group)
                if len(fetched) >= limit:
                    return
            await asyncio.sleep(0 if fetched else _POLL_SECONDS)

    async def _commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Raises ``BusUnavailable`` where these shards are another's by now."""
        self._handover.refuse_if_over()
        async with self._survey.cluster.answering(REQUEST_SECONDS):
            await self._consumer.commit(dict(offsets))
        self._handover.refuse_if_over()

    async def _begin(self) -> None:
        """A group that is new to a shard begins with the oldest message kept, and is known from then on."""
        assigned = sorted(self._consumer.assignment())
        committed = await self._survey.committed(self._group, assigned) if assigned else {}
        beginnings, _ = await self._survey.bounds([each for each, found in committed.items() if found.offset < 0])
        missed = [f"{topic}/{shard}" for (topic, shard), beginning in beginnings.items() if beginning]
        if missed:
            log.warning("a new group begins after messages no longer kept", service=self._group, shards=missed)
        await self._place(beginnings)

    async def _cross(self, outside: Mapping[TopicPartition, int]) -> None:
        """Over a gap where an operator has accepted it. Raises ``RetentionExceeded``."""
        for partition, stopped in outside.items():
            beginnings, ends = await self._survey.bounds([partition])
            if not await self._survey.accepted(self._group, partition, stopped):
                raise RetentionExceeded(
                    f"group {self._group} stopped at {stopped} of {partition.topic}/{partition.partition},"
                    f" the bus keeps {beginnings[partition]} to {ends[partition]} only"
                )
            await self._place(beginnings)

    async def _place(self, positions: Mapping[TopicPartition, int]) -> None:
        """Where this member stands, unless the shards went elsewhere meanwhile."""
        if not positions or not positions.keys() <= self._consumer.assignment():
            return
        await self._commit(positions)
        for partition in positions.keys() & self._consumer.assignment():
            self._consumer.seek(partition, positions[partition])
