"""A relay or a consumer in a process of its own, which may kill itself where it hurts most.

Started with its ``Assignment`` as JSON; writes ``ready`` and works until it is stopped or killed.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from shared.bus.port import Bus, Delivery, Message, Subscription
from shared.database.transaction import Transaction
from shared.delivery.consumer import Received
from shared.delivery.relay import Relay
from tests.conformance.adapters import ADAPTERS
from tests.conformance.counting import Counted
from tests.conformance.receiving import receiving
from tests.conformance.service import opened, write_down


@dataclass(frozen=True)
class Assignment:
    """``dies`` names the moment; it comes at the ``after``-th time, as the signal ``by``."""

    role: str
    service: str
    dsn: str
    adapter: str
    bus: str
    dies: str = ""
    after: int = 1
    by: str = "SIGKILL"


class Fate:
    def __init__(self, assignment: Assignment) -> None:
        self._moment = assignment.dies
        self._left = assignment.after
        self._signal = signal.Signals[assignment.by]

    def meet(self, moment: str) -> None:
        if moment == self._moment:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), self._signal)


class FatefulBus:
    def __init__(self, bus: Bus, fate: Fate) -> None:
        self._bus = bus
        self._fate = fate

    async def publish(self, messages: Sequence[Message]) -> None:
        await self._bus.publish(messages)
        self._fate.meet("after publishing")

    @asynccontextmanager
    async def subscribe(self, group: str, topics: Sequence[str]) -> AsyncIterator["FatefulSubscription"]:
        async with self._bus.subscribe(group, topics) as subscription:
            yield FatefulSubscription(subscription, self._fate)


class FatefulSubscription:
    def __init__(self, subscription: Subscription, fate: Fate) -> None:
        self._subscription = subscription
        self._fate = fate
        self.receive = subscription.receive

    async def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        self._fate.meet("before acknowledging")
        await self._subscription.acknowledge(deliveries)


def fateful_handler(fate: Fate) -> Callable[[Transaction, Sequence[Received[Any]]], Any]:
    async def handle(transaction: Transaction, received: Sequence[Received[Any]]) -> None:
        await write_down(transaction, received)
        fate.meet("in the handler")

    return handle


async def work(assignment: Assignment) -> None:
    fate, stop = Fate(assignment), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    bus = ADAPTERS[assignment.adapter].connect(assignment.bus)
    fateful: Any = FatefulBus(bus, fate)
    async with opened(assignment.service, assignment.dsn) as database:
        parts = (
            [Relay(database, fateful)]
            if assignment.role == "relay"
            else list(receiving(database, fateful, {Counted: fateful_handler(fate)}))
        )
        print("ready", flush=True)
        await asyncio.gather(*(part.run(stop) for part in parts))
    await bus.close()


if __name__ == "__main__":
    asyncio.run(work(Assignment(**json.loads(sys.argv[1]))))
