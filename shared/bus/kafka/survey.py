"""What is known of topics and groups without being a member: shards, offsets, who lags how far.

Also an operator's acceptance of a loss. Nobody outside may commit for a group that has members, so the acceptance is
kept as the offsets of a group beside it, which never has any; a member that stands before a gap looks there.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaConnectionError, for_code
from aiokafka.structs import OffsetAndMetadata, TopicPartition

from shared.bus.kafka.closing import Closing
from shared.bus.kafka.cluster import Cluster, started
from shared.bus.port import TopicState, UnknownTopic
from shared.clock import system_now

_ACCEPTED = ".accepted-loss"
_QUICK_SECONDS = 2.0


class Survey:
    """Names come and go without the cluster's prefix; a ``TopicPartition`` bears it."""

    def __init__(self, cluster: Cluster, closing: Closing) -> None:
        self.cluster = cluster
        self._closing = closing
        self._admin: Any = None
        self._reader: Any = None
        self._starting = asyncio.Lock()
        self._shards: dict[str, int] = {}

    async def admin(self) -> Any:
        async with self._starting:
            if self._admin is None:
                admin = AIOKafkaAdminClient(**self.cluster.client)
                await started(admin, admin.close)
                self._admin = admin
            return self._admin

    async def close(self) -> None:
        for client, close in ((self._admin, "close"), (self._reader, "stop")):
            if client is not None:
                self._closing.close(getattr(client, close)())
        self._admin = self._reader = None

    async def check(self) -> None:
        """Raises ``BusUnavailable`` where no broker answers soon."""
        async with self.cluster.answering(_QUICK_SECONDS):
            await (await self.admin()).describe_cluster()

    async def shards(self, topics: Sequence[str]) -> Mapping[str, int]:
        """How many shards each of them has. Raises ``UnknownTopic``, ``BusUnavailable``."""
        if any(topic not in self._shards for topic in topics):
            self._shards |= await self.find(topics)
        unknown = sorted(set(topics) - set(self._shards))
        if unknown:
            raise UnknownTopic(", ".join(unknown))
        return self._shards

    async def find(self, topics: Sequence[str]) -> dict[str, int]:
        """The shards of those that exist and are led."""

        async def describe() -> dict[str, int]:
            names = {self.cluster.prefix + topic: topic for topic in topics}
            found = await (await self.admin()).describe_topics(list(names))
            return {
                names[each["topic"]]: len(each["partitions"])
                for each in found
                if each["error_code"] == 0 and all(shard["leader"] >= 0 for shard in each["partitions"])
            }

        return await self.cluster.insist(describe)

    async def partitions(self, topics: Sequence[str]) -> list[TopicPartition]:
        shards = await self.shards(topics)
        return [
            TopicPartition(self.cluster.prefix + topic, shard) for topic in topics for shard in range(shards[topic])
        ]

    async def lag(self, group: str, topics: Sequence[str]) -> dict[tuple[str, int], int]:
        partitions = await self.partitions(topics)
        committed = await self.committed(group, partitions)
        beginnings, ends = await self.bounds(partitions)
        return {
            (each.topic.removeprefix(self.cluster.prefix), each.partition): max(
                0, ends[each] - max(committed[each].offset, beginnings[each])
            )
            for each in partitions
        }

    async def committed(
        self, group: str, partitions: Sequence[TopicPartition]
    ) -> Mapping[TopicPartition, OffsetAndMetadata]:
        """What the group has acknowledged, -1 where nothing."""

        async def ask() -> Mapping[TopicPartition, OffsetAndMetadata]:
            admin = await self.admin()
            found = await admin.list_consumer_group_offsets(self.cluster.prefix + group, partitions=list(partitions))
            if len(found) < len(partitions):
                raise KafkaConnectionError("the group's coordinator is not ready")
            offsets: Mapping[TopicPartition, OffsetAndMetadata] = found
            return offsets

        return await self.cluster.insist(ask)

    async def bounds(
        self, partitions: Sequence[TopicPartition]
    ) -> tuple[Mapping[TopicPartition, int], Mapping[TopicPartition, int]]:
        """The oldest offset kept and the next one to come."""

        async def ask() -> tuple[Mapping[TopicPartition, int], Mapping[TopicPartition, int]]:
            reader = await self._started_reader()
            return await reader.beginning_offsets(partitions), await reader.end_offsets(partitions)

        return await self.cluster.insist(ask)

    async def states(self, topics: Sequence[str], within: timedelta) -> dict[str, TopicState]:
        partitions = await self.partitions(topics)
        _, ends = await self.bounds(partitions)
        since = await self._since(partitions, system_now() - within)
        return {
            topic: TopicState(
                tuple(ends[each] for each in own), sum(max(0, ends[each] - since.get(each, ends[each])) for each in own)
            )
            for topic in topics
            if (own := [each for each in partitions if each.topic == self.cluster.prefix + topic])
        }

    async def _since(self, partitions: Sequence[TopicPartition], moment: datetime) -> dict[TopicPartition, int]:
        """The offset of the first message at or after the moment, where there is one."""
        milliseconds = int(moment.timestamp() * 1000)

        async def ask() -> dict[TopicPartition, int]:
            reader = await self._started_reader()
            found = await reader.offsets_for_times(dict.fromkeys(partitions, milliseconds))
            return {partition: place.offset for partition, place in found.items() if place is not None}

        return await self.cluster.insist(ask)

    async def members(self, group: str) -> int:
        async def ask() -> int:
            (answer,) = await (await self.admin()).describe_consumer_groups([self.cluster.prefix + group])
            ((error, _, _, _, _, members, *_),) = answer.groups
            if error:
                raise for_code(error)
            return len(members)

        return await self.cluster.insist(ask)

    async def accept_loss(self, group: str, topics: Sequence[str]) -> int:
        """Let the group go on with the oldest message kept, where it stands outside of what is kept; shards."""
        partitions = await self.partitions(topics)
        committed = await self.committed(group, partitions)
        beginnings, ends = await self.bounds(partitions)
        outside = {
            each: (beginnings[each], str(committed[each].offset))
            for each in partitions
            if 0 <= committed[each].offset < beginnings[each] or committed[each].offset > ends[each]
        }
        if outside:
            await self.cluster.insist(lambda: self._commit_acceptance(group, outside))
        return len(outside)

    async def accepted(self, group: str, partition: TopicPartition, stopped: int) -> bool:
        """Whether an operator has accepted what is missing after ``stopped``, up to what is kept now."""
        found = (await self.committed(group + _ACCEPTED, [partition]))[partition]
        beginnings, _ = await self.bounds([partition])
        return bool(found.metadata == str(stopped) and found.offset >= beginnings[partition])

    async def _commit_acceptance(self, group: str, offsets: Mapping[TopicPartition, tuple[int, str]]) -> None:
        consumer = AIOKafkaConsumer(
            **self.cluster.client, group_id=self.cluster.prefix + group + _ACCEPTED, enable_auto_commit=False
        )
        consumer.assign(list(offsets))
        try:
            await consumer.start()
            await consumer.commit(offsets)
        finally:
            self._closing.close(consumer.stop())

    async def _started_reader(self) -> Any:
        async with self._starting:
            if self._reader is None:
                reader = AIOKafkaConsumer(**self.cluster.client, enable_auto_commit=False)
                await started(reader, reader.stop)
                self._reader = reader
            return self._reader
