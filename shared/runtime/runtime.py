"""A running service: its application, and beside it relay, consumer, parking, timers and jobs."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from fastapi import FastAPI

from shared.context import ServiceContext
from shared.delivery.consumer import Consumer
from shared.delivery.inbox import check_retention, sweep_inbox
from shared.delivery.relay import Relay
from shared.http.app import build_application
from shared.observability import places
from shared.runtime import health, internal
from shared.runtime.definition import Definition
from shared.runtime.jobs import JobWorker
from shared.runtime.timers import TimerRunner

log = structlog.get_logger()
Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
_GRACE_SECONDS = 8.0


class ServiceRuntime:
    """One lifespan: opens the database, runs the background work, ends it gracefully."""

    def __init__(self, definition: Definition, context: ServiceContext) -> None:
        self.definition = definition
        self.context = context
        routers = [*definition.routers, *definition.internal, internal.router, health.router]
        self.application: FastAPI = build_application(definition.name, definition.title, routers, context.settings)
        self.application.state.context = context
        self.application.state.runtime = self
        self._stop = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        settings = self.context.settings
        check_retention(settings.inbox_retention_days, settings.bus_retention_days, settings.replay_window_days)
        await self.context.database.open()
        if self.definition.start is not None:
            await self.definition.start(self.context)
        for name, work in self._background().items():
            self._tasks[name] = asyncio.create_task(work(self._stop), name=f"{self.context.name}:{name}")

    def _background(self) -> dict[str, Work]:
        database, bus, settings = self.context.database, self.context.bus, self.context.settings
        work: dict[str, Work] = {
            f"relay-{shard}": Relay(database, bus, shard).run for shard in range(database.outbox_shards)
        }
        if self.context.consumes:
            consumer = Consumer(
                database,
                bus,
                group=self.context.name,
                topics=self.context.consumes,
                handlers=self.definition.handlers,
                raw_handler=self.definition.raw_handler,
                attempts=settings.handler_attempts,
            )
            work["consumer"] = consumer.run
        if self.definition.timers:
            work["timers"] = TimerRunner(database, self.definition.timers).run
        if self.definition.jobs:
            work["jobs"] = JobWorker(self.context, self.definition.jobs).run
        work["sweeper"] = lambda stop: sweep_inbox(database, settings.inbox_retention_days, stop)
        return work

    async def unready(self) -> str | None:
        """Why the service cannot serve now, or None."""
        for name, task in self._tasks.items():
            if task.done():
                return f"{name} has ended"
        if self._stop.is_set() or not self._tasks:
            return "starting or stopping"
        try:
            async with asyncio.timeout(2), self.context.database.connection() as connection:
                await connection.fetchval("SELECT 1")
        except Exception as error:
            log.error("not ready", service=self.context.name, error=type(error).__name__, where=places(error))
            return "the database does not answer"
        return None

    async def refresh_metrics(self) -> None:
        if self.definition.metrics is not None:
            await self.definition.metrics(self.context)

    async def stop(self) -> None:
        """End within the grace period; what is not done by then is cancelled and rolls back."""
        self._stop.set()
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks.values(), timeout=_GRACE_SECONDS)
            for task in unfinished:
                task.cancel()
            for outcome in await asyncio.gather(*self._tasks.values(), return_exceptions=True):
                if isinstance(outcome, Exception):
                    log.error("background work ended badly", error=type(outcome).__name__, where=places(outcome))
        await self.context.database.close()
