"""Measures what cannot be counted as it happens: depths, ages, lags."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from shared.bus.port import Bus
from shared.database.database import Database
from shared.delivery import metrics
from shared.delivery.persistence import pause, persist

EVERY_SECONDS = 5.0


class Depths(NamedTuple):
    """Of a service's own delivery tables: what waits to be told, and what waits to be handled."""

    outbox: int
    oldest_seconds: float
    parked_keys: int
    dead: int


async def depths_of(database: Database) -> Depths:
    async with database.connection() as connection:
        row = await connection.fetchrow(
            """SELECT outbox.*, parked.*
               FROM (SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)::float
                     FROM outbox) AS outbox,
                    (SELECT count(DISTINCT (topic, key)), count(*) FILTER (WHERE state = 'dead')
                     FROM parked) AS parked"""
        )
    if row is None:
        raise RuntimeError("a count always has a row")
    return Depths(*row)


async def lag_by_topic(bus: Bus, group: str, topics: Sequence[str]) -> Counter[str]:
    lags: Counter[str] = Counter()
    for (topic, _), behind in (await bus.lag(group, topics)).items():
        lags[topic] += behind
    return lags


class Gauges:
    def __init__(self, database: Database, bus: Bus, topics: Sequence[str]) -> None:
        self._database = database
        self._bus = bus
        self._topics = topics
        self._service = database.service

    async def run(self, stop: asyncio.Event) -> None:
        async def work() -> None:
            await self.measure()
            await pause(stop, EVERY_SECONDS)

        await persist(work, stop, service=self._service, task="gauges")

    async def measure(self) -> None:
        depths = await depths_of(self._database)
        metrics.outbox_depth.labels(self._service).set(depths.outbox)
        metrics.outbox_age.labels(self._service).set(depths.oldest_seconds)
        metrics.parked_keys.labels(self._service).set(depths.parked_keys)
        metrics.dead_keys.labels(self._service).set(depths.dead)
        await self._measure_lag()

    async def _measure_lag(self) -> None:
        if not self._topics:
            return
        lags = await lag_by_topic(self._bus, self._service, self._topics)
        for topic in self._topics:
            metrics.consumer_lag.labels(self._service, topic).set(lags[topic])
