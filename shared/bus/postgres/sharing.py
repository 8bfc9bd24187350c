"""Who of a group's members receives which shard: the same answer computed by each of them."""

from collections.abc import Mapping, Sequence
from zlib import crc32

Shard = tuple[str, int]


def share_of(member: int, members: Mapping[int, Sequence[str]], shards: Sequence[Shard]) -> set[Shard]:
    """The member's part of ``shards``, given every live member's topics.

    A topic's shards go round among those who subscribed to it, each topic beginning with another member, so that
    many topics of one shard are spread as well.
    """
    mine: set[Shard] = set()
    for topic, shard in shards:
        candidates = sorted(other for other, topics in members.items() if topic in topics)
        if candidates and candidates[(crc32(topic.encode()) + shard) % len(candidates)] == member:
            mine.add((topic, shard))
    return mine
