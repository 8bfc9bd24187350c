"""Measures what cannot be counted as it happens: depths, ages, lags."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from shared.bus.port import Bus
from shared.database.database import Database
from shared.delivery import metrics
from shared.delivery.persistence import pause, persist

EVERY_SECONDS = 5.0


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
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                """SELECT outbox.depth, outbox.age, parked.lanes, parked.dead
                   FROM (SELECT count(*) AS depth,
                                coalesce(extract(epoch FROM now() - min(created_at)), 0)::float AS age
                         FROM outbox) AS outbox,
                        (SELECT count(DISTINCT (topic, key)) AS lanes, count(*) FILTER (WHERE state = 'dead') AS dead
                         FROM parked) AS parked"""
            )
        if row is not None:
            metrics.outbox_depth.labels(self._service).set(row["depth"])
            metrics.outbox_age.labels(self._service).set(row["age"])
            metrics.parked_keys.labels(self._service).set(row["lanes"])
            metrics.dead_keys.labels(self._service).set(row["dead"])
        await self._measure_lag()

    async def _measure_lag(self) -> None:
        if not self._topics:
            return
        lags: Counter[str] = Counter()
        for (topic, _), behind in (await self._bus.lag(self._service, self._topics)).items():
            lags[topic] += behind
        for topic in self._topics:
            metrics.consumer_lag.labels(self._service, topic).set(lags[topic])
