"""Topics as the topology wants them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from aiokafka.admin import NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from shared.bus.kafka.cluster import Cluster
from shared.bus.kafka.survey import Survey
from shared.bus.port import BusUnavailable
from shared.bus.topics import largest_message, refuse_mismatch

log = structlog.get_logger()
_AROUND_A_MESSAGE = 8 * 1024
"""What a batch of one message may have around it."""
_LED_SECONDS = 30.0
_POLL_SECONDS = 0.05


def record_limit(topic: str) -> int:
    """Bytes of the largest batch that the broker takes for the topic."""
    return largest_message(topic) + _AROUND_A_MESSAGE


async def declare(survey: Survey, topics: Mapping[str, int]) -> None:
    """Create what is missing and wait until it is led. Raises ``TopicMismatch``, ``BusUnavailable``."""
    found = await survey.find(list(topics))
    refuse_mismatch(found, topics)
    missing = {name: shards for name, shards in topics.items() if name not in found}
    if missing:
        await survey.cluster.insist(lambda: _create(survey, missing))
        refuse_mismatch(await _once_led(survey, list(missing)), topics)


async def _create(survey: Survey, topics: Mapping[str, int]) -> None:
    answer = await (await survey.admin()).create_topics(
        [_described(survey.cluster, name, shards) for name, shards in topics.items()]
    )
    for _, code, *_ in answer.topic_errors:
        error: Any = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise error


def _described(cluster: Cluster, name: str, shards: int) -> NewTopic:
    """Stamped by the broker: retention does not depend on a producer's clock."""
    return NewTopic(
        cluster.prefix + name,
        shards,
        cluster.replication,
        topic_configs={
            "min.insync.replicas": str(cluster.in_sync),
            "retention.ms": str(int(cluster.retention.total_seconds() * 1000)),
            "max.message.bytes": str(record_limit(name)),
            "message.timestamp.type": "LogAppendTime",
            "cleanup.policy": "delete",
        },
    )


async def _once_led(survey: Survey, names: Sequence[str]) -> Mapping[str, int]:
    try:
        async with asyncio.timeout(_LED_SECONDS):
            while len(found := await survey.find(names)) < len(names):  # noqa: ASYNC110  # the other side is a broker
                await asyncio.sleep(_POLL_SECONDS)
    except TimeoutError:
        raise BusUnavailable("new topics have no leader") from None
    return found
