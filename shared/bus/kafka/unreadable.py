"""Records that the client cannot read: header names that are no UTF-8. They must neither stop a shard nor vanish.

The client's parser fails in the middle of a batch and forgets what it had read of it. So the subscription that meets
such a record ends, and its successor reads one record at a time: those before it come as they are, and the unreadable
one comes as an empty message at its place, which every reader gives up at once and tells. What stands behind it in the
same batch of its producer cannot be read either and is told likewise.
"""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

from aiokafka.structs import TopicPartition

from shared.bus.port import Delivery, Message
from shared.clock import system_now

UNREADABLE = "jingzhun-unreadable"
_CAREFUL_RECORDS = 1000


class Caution:
    """Which groups read one record at a time, and for how many more."""

    def __init__(self) -> None:
        self._left: Counter[str] = Counter()

    def raise_for(self, group: str) -> None:
        self._left[group] = _CAREFUL_RECORDS

    def is_needed(self, group: str) -> bool:
        return self._left[group] > 0

    def relax(self, group: str) -> None:
        self._left[group] -= 1


async def one_by_one(consumer: Any) -> AsyncIterator[tuple[TopicPartition, Any | None, int]]:
    """One buffered record of each shard at most: where, the record or None where it is unreadable, and its offset."""
    for partition in consumer.assignment():
        try:
            for records in (await consumer.getmany(partition, max_records=1)).values():
                yield partition, records[0], records[0].offset
        except UnicodeDecodeError:
            offset = await consumer.position(partition)
            consumer.seek(partition, offset + 1)
            yield partition, None, offset


def placeholder(topic: str, shard: int, offset: int) -> Delivery:
    return Delivery(Message(topic, "", {UNREADABLE: "header names"}, b""), shard, offset, system_now())
