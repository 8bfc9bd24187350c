"""What a member holds and has not acknowledged, and how it gives it up.

Kafka shares the shards out anew whenever somebody joins or leaves. Nothing is handed over half done: a member gives
its shards up when the batch in its hands is acknowledged. One that takes too long loses them, and its subscription is
over: it never acknowledges what may be another's by then.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import structlog
from aiokafka import ConsumerRebalanceListener
from aiokafka.structs import TopicPartition

from shared.bus import metrics
from shared.bus.port import BusUnavailable

log = structlog.get_logger()
HANDOVER_SECONDS = 45.0
REBALANCE_SECONDS = 60.0


class Handover:
    """Kafka's listener. Positions are of the last message, not the next."""

    def __init__(self, group: str) -> None:
        self._group = group
        self._in_hand: dict[TopicPartition, int] = {}
        self._nothing_in_hand = asyncio.Event()
        self._nothing_in_hand.set()
        self._over = False

    def take(self, last: Mapping[TopicPartition, int]) -> None:
        self._in_hand.update(last)
        if self._in_hand:
            self._nothing_in_hand.clear()

    def settle(self, last: Mapping[TopicPartition, int]) -> None:
        for partition, position in last.items():
            if self._in_hand.get(partition, position + 1) <= position:
                del self._in_hand[partition]
        if not self._in_hand:
            self._nothing_in_hand.set()

    def refuse_if_over(self) -> None:
        if self._over:
            raise BusUnavailable(f"the shards of {self._group} went to another member")

    def end(self) -> None:
        """Whatever is in hand stays unacknowledged and goes to a successor."""
        self._over = True
        self._in_hand.clear()
        self._nothing_in_hand.set()
        metrics.shards_held.labels(self._group).set(0)

    async def on_partitions_revoked(self, revoked: Sequence[Any]) -> None:
        try:
            async with asyncio.timeout(HANDOVER_SECONDS):
                await self._nothing_in_hand.wait()
        except TimeoutError:
            log.error("shards handed over unfinished", service=self._group, shards=len(revoked))
            self.end()
        metrics.shards_held.labels(self._group).set(0)

    async def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        metrics.rebalances.labels(self._group).inc()
        metrics.shards_held.labels(self._group).set(len(list(assigned)))


ConsumerRebalanceListener.register(Handover)
