"""A leader that hears of no partitions shares them out all the same."""

from collections import Counter

from aiokafka.cluster import ClusterMetadata
from aiokafka.coordinator.protocol import ConsumerProtocolMemberMetadata

from shared.bus.kafka.sharing import sharing_of

SHARDS = {"one": 4, "other": 1}


def test_every_shard_has_a_member_whatever_the_broker_says() -> None:
    silent = ClusterMetadata()
    members = {name: ConsumerProtocolMemberMetadata(0, list(SHARDS), b"") for name in ("a", "b", "c")}
    shared = sharing_of(SHARDS).assign(silent, members)
    held = Counter((topic, shard) for each in shared.values() for topic, shards in each.assignment for shard in shards)
    assert held == Counter((topic, shard) for topic, count in SHARDS.items() for shard in range(count))
    assert all(each.assignment for each in shared.values())
