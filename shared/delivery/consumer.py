"""The consumer: from the bus to a handler's effects, once.

Receive a batch; in one transaction admit what is new to the inbox, set aside what stands behind a parked event of
its key, and handle the rest; then acknowledge. Should the transaction fail, the batch is repeated one event at a
time: the event that fails is parked, and everything else flows on.
"""

import asyncio
from collections.abc import Sequence
from time import perf_counter

import structlog

from shared.bus.port import Bus, Delivery, RetentionExceeded
from shared.clock import system_now
from shared.database.database import Database
from shared.delivery import metrics
from shared.delivery.dispatch import Dispatch, Handler, Handlers, Parcel, RawHandler
from shared.delivery.failure import DEFAULT_POLICY, Failure, RetryPolicy, judge
from shared.delivery.inbox import admit
from shared.delivery.parking import held_lanes, set_aside
from shared.delivery.persistence import persist
from shared.delivery.telling import tell_failure
from shared.events.received import Received

__all__ = ["Consumer", "Handler", "Handlers", "RawHandler", "Received"]

log = structlog.get_logger()
BATCH = 500
_WAIT_SECONDS = 0.5


class Consumer:
    """One member of the service's group. Nothing is received ahead of what is being handled."""

    def __init__(
        self,
        database: Database,
        bus: Bus,
        topics: Sequence[str],
        dispatch: Dispatch,
        policy: RetryPolicy = DEFAULT_POLICY,
    ) -> None:
        self._database = database
        self._bus = bus
        self._topics = topics
        self._dispatch = dispatch
        self._policy = policy
        self._group = database.service

    async def run(self, stop: asyncio.Event) -> None:
        await persist(lambda: self._consume(stop), stop, service=self._group, task="consumer")

    async def _consume(self, stop: asyncio.Event) -> None:
        halted = metrics.retention_exceeded.labels(self._group)
        try:
            async with self._bus.subscribe(self._group, self._topics) as subscription:
                while not stop.is_set():
                    deliveries = await subscription.receive(BATCH, _WAIT_SECONDS)
                    halted.set(0)
                    if deliveries:
                        await self._take(deliveries)
                        await subscription.acknowledge(deliveries)
        except RetentionExceeded as gap:
            halted.set(1)
            log.critical("events are missing: an operator must decide", service=self._group, gap=str(gap))
            raise

    async def _take(self, deliveries: Sequence[Delivery]) -> None:
        started = perf_counter()
        opened = map(self._dispatch.open, deliveries)
        parcels = [parcel for parcel in opened if parcel is not None]
        metrics.skipped.labels(self._group).inc(len(deliveries) - len(parcels))
        if parcels:
            await self._take_together(parcels)
        metrics.batch_seconds.labels(self._group).observe(perf_counter() - started)

    async def _take_together(self, parcels: Sequence[Parcel]) -> None:
        try:
            await self._take_in_one_transaction(parcels)
        except Exception as error:
            if len(parcels) == 1:
                await self._park(parcels[0], error)
                return
            for parcel in parcels:
                await self._take_together([parcel])

    async def _take_in_one_transaction(self, parcels: Sequence[Parcel]) -> None:
        async with self._database.transaction() as transaction:
            admitted = await admit(transaction, parcels)
            ready, aside = self._sorted(admitted, await held_lanes(transaction, admitted))
            await set_aside(transaction, self._group, aside)
            await self._dispatch.handle(transaction, ready)
        for parcel, failure in aside:
            if failure is not None and parcel.defect is not None:
                tell_failure(self._group, parcel.delivery, failure, parcel.defect)
        metrics.handled.labels(self._group).inc(len(ready))
        metrics.duplicates.labels(self._group).inc(len(parcels) - len(admitted))

    def _sorted(
        self, parcels: Sequence[Parcel], held: set[tuple[str, str]]
    ) -> tuple[list[Parcel], list[tuple[Parcel, Failure | None]]]:
        """What can be handled now, and what is set aside: the defective, and all behind a parked one."""
        ready: list[Parcel] = []
        aside: list[tuple[Parcel, Failure | None]] = []
        for parcel in parcels:
            if parcel.lane in held:
                aside.append((parcel, None))
            elif parcel.defect is not None:
                aside.append((parcel, judge(parcel.defect, self._policy, system_now())))
                held.add(parcel.lane)
            else:
                ready.append(parcel)
        return ready, aside

    async def _park(self, parcel: Parcel, error: Exception) -> None:
        failure = judge(error, self._policy, system_now())
        async with self._database.transaction() as transaction:
            admitted = await admit(transaction, [parcel])
            if admitted:
                await set_aside(transaction, self._group, [(parcel, failure)])
        if admitted:
            tell_failure(self._group, parcel.delivery, failure, error)
