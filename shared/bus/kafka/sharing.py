"""How a group's leader shares the shards out: by the numbers that the topology fixed, not by what it hears meanwhile.

A leader that asks a broker which has just come back may hear of no partitions at all. It would give everybody nothing,
and the group would be content with that for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor


@dataclass(frozen=True, slots=True)
class _Declared:
    """What the assignor asks of a cluster's metadata."""

    shards: Mapping[str, int]
    metadata: Any

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        """A member of another version may subscribe to a topic that this one does not know."""
        if topic in self.shards:
            return set(range(self.shards[topic]))
        found: set[int] | None = self.metadata.partitions_for_topic(topic)
        return found


def sharing_of(shards: Mapping[str, int]) -> type[RoundRobinPartitionAssignor]:
    """The assignor of a group. ``shards`` by the topics' full names."""

    class Sharing(RoundRobinPartitionAssignor):  # type: ignore[misc]  # aiokafka tells no types
        @classmethod
        def assign(cls, cluster: Any, members: Any) -> Any:
            return super().assign(_Declared(shards, cluster), members)

    return Sharing
