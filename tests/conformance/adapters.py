"""The adapters that the suite holds to the port's promises. A new one is added here and nowhere else."""

import json
from datetime import timedelta
from typing import Any, Protocol

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.records_to_delete import RecordsToDelete
from aiokafka.structs import TopicPartition

from shared.bus.kafka import Cluster, KafkaBus
from shared.bus.port import Bus
from shared.bus.postgres import PostgresBus


class Adapter(Protocol):
    """``address`` is all that another process needs to reach the same bus."""

    def connect(self, address: str) -> Bus: ...

    async def forget(self, address: str) -> None:
        """As if everything published so far were older than retention."""
        ...

    async def discard(self, address: str) -> None:
        """Leave nothing of it where others go on."""
        ...


class PostgresAdapter:
    def connect(self, address: str) -> Bus:
        return PostgresBus(address)

    async def forget(self, address: str) -> None:
        bus = PostgresBus(address)
        await bus.trim(older_than=timedelta(0))
        await bus.close()

    async def discard(self, address: str) -> None:
        """Its database goes with the run's server."""


class KafkaAdapter:
    """A session of two seconds, so that a killed member is missed soon."""

    @staticmethod
    def address(bootstrap: str, prefix: str) -> str:
        return json.dumps({"bootstrap": bootstrap, "prefix": prefix})

    def connect(self, address: str) -> Bus:
        return KafkaBus(Cluster(**json.loads(address), session=timedelta(seconds=2)))

    async def forget(self, address: str) -> None:
        async with administering(address) as (admin, topics):
            end = RecordsToDelete(before_offset=-1)
            await admin.delete_records(
                {
                    TopicPartition(topic["topic"], shard["partition"]): end
                    for topic in topics
                    for shard in topic["partitions"]
                }
            )

    async def discard(self, address: str) -> None:
        async with administering(address) as (admin, topics):
            await admin.delete_topics([topic["topic"] for topic in topics])


class administering:  # noqa: N801  # reads as a function where it is used
    """An administrator, and the topics of the address."""

    def __init__(self, address: str) -> None:
        where = json.loads(address)
        self._prefix = where["prefix"]
        self._admin: Any = AIOKafkaAdminClient(bootstrap_servers=where["bootstrap"])

    async def __aenter__(self) -> tuple[Any, list[dict[str, Any]]]:
        await self._admin.start()
        topics = await self._admin.describe_topics()
        return self._admin, [topic for topic in topics if topic["topic"].startswith(self._prefix)]

    async def __aexit__(self, *_: object) -> None:
        await self._admin.close()


ADAPTERS: dict[str, Adapter] = {"postgres": PostgresAdapter(), "kafka": KafkaAdapter()}
