"""The port on Kafka. How each promise is kept: ``docs/adr/0007``."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from shared.bus.kafka.closing import Closing
from shared.bus.kafka.cluster import Cluster
from shared.bus.kafka.declaring import declare
from shared.bus.kafka.publisher import Publisher
from shared.bus.kafka.subscription import joined
from shared.bus.kafka.survey import Survey
from shared.bus.kafka.unreadable import Caution
from shared.bus.port import Message, Subscription, TopicState


class KafkaBus:
    """Made without touching the network; connected at first need, and again whenever it is needed."""

    def __init__(self, cluster: Cluster) -> None:
        self._closing = Closing()
        self._caution = Caution()
        self._survey = Survey(cluster, self._closing)
        self._publisher = Publisher(cluster, self._closing)

    async def declare(self, topics: Mapping[str, int]) -> None:
        await declare(self._survey, topics)

    async def publish(self, messages: Sequence[Message]) -> None:
        if messages:
            shards = await self._survey.shards(sorted({message.topic for message in messages}))
            await self._publisher.publish(messages, shards)

    def subscribe(self, group: str, topics: Sequence[str]) -> AbstractAsyncContextManager[Subscription]:
        return joined(self._survey, self._closing, self._caution, group, topics)

    async def lag(self, group: str, topics: Sequence[str]) -> Mapping[tuple[str, int], int]:
        return await self._survey.lag(group, topics)

    async def survey(self, topics: Sequence[str], within: timedelta) -> Mapping[str, TopicState]:
        return await self._survey.states(topics, within)

    async def members(self, group: str) -> int:
        return await self._survey.members(group)

    async def trim(self, older_than: timedelta) -> int:
        """The broker sees to it: each topic has its retention."""
        return 0

    async def accept_loss(self, group: str, topics: Sequence[str]) -> int:
        return await self._survey.accept_loss(group, topics)

    async def check(self) -> None:
        await self._survey.check()

    async def close(self) -> None:
        await self._publisher.close()
        await self._survey.close()
        await self._closing.wait()
