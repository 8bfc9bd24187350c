"""A running service: its application, and beside it relay, consumer, parking, timers and jobs."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from fastapi import FastAPI

from shared.context import ServiceContext
from shared.delivery.assembly import assemble
from shared.delivery.failure import DEFAULT_POLICY
from shared.delivery.inbox import check_retention
from shared.http.app import build_application
from shared.observability import places
from shared.runtime import health, internal
from shared.runtime.chores import ChoreRunner
from shared.runtime.definition import Definition
from shared.runtime.jobs import JobWorker
from shared.runtime.revocations import RevocationWatch
from shared.runtime.standing import STARTING, STOPPING, Inspection, Standing, unready
from shared.runtime.sweeping import KeySweeper
from shared.runtime.timers import TimerRunner

log = structlog.get_logger()
Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
_GRACE_SECONDS = 3.0


class ServiceRuntime:
    """One lifespan: opens the database, runs the background work, ends it gracefully."""

    def __init__(self, definition: Definition, context: ServiceContext) -> None:
        self.definition = definition
        self.context = context
        routers = [*definition.routers, *definition.internal, internal.router, health.router]
        self.application: FastAPI = build_application(
            definition.name, definition.title, routers, context.settings, context.database.tracer
        )
        self.application.state.context = context
        self.application.state.runtime = self
        self._inspection = Inspection(context)
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
        context, definition, settings = self.context, self.definition, self.context.settings
        delivery = assemble(
            context.database,
            context.bus,
            context.consumes,
            handlers=definition.handlers or None,
            raw_handler=definition.raw_handler,
            policy=replace(DEFAULT_POLICY, attempts=settings.handler_attempts),
            inbox_kept=timedelta(days=settings.inbox_retention_days),
        )
        work: dict[str, Work] = {type(part).__name__.lower(): part.run for part in delivery}
        keys_kept = timedelta(days=settings.idempotency_retention_days)
        work["keysweeper"] = KeySweeper(context.database, keys_kept).run
        work["revocations"] = RevocationWatch(context.name, context.peers, context.revocations).run
        if definition.timers:
            work["timers"] = TimerRunner(context.database, definition.timers).run
        if definition.jobs:
            work["jobs"] = JobWorker(context, definition.jobs).run
        if definition.chores:
            work["chores"] = ChoreRunner(context, definition.chores).run
        return work

    async def standing(self) -> Standing:
        """Whether the service can serve now, and what is wrong with it."""
        if self._stop.is_set():
            return STOPPING
        if not self._tasks:
            return STARTING
        for name, task in self._tasks.items():
            if task.done():
                return unready(f"{name} 已终止，请重启", f"{name} has ended: restart the service")
        return await self._inspection.standing()

    async def refresh_metrics(self) -> None:
        if self.definition.metrics is not None:
            await self.definition.metrics(self.context)

    def leave(self) -> None:
        """Not ready from now on: background work ends, requests under way are still answered."""
        if not self._stop.is_set():
            self._stop.set()
            if self.definition.leave is not None:
                self.definition.leave(self.context)

    async def stop(self) -> None:
        """End within the grace period; what is not done by then is cancelled and rolls back."""
        self.leave()
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks.values(), timeout=_GRACE_SECONDS)
            for task in unfinished:
                task.cancel()
            for outcome in await asyncio.gather(*self._tasks.values(), return_exceptions=True):
                if isinstance(outcome, Exception):
                    log.error("background work ended badly", error=type(outcome).__name__, where=places(outcome))
        await self.context.database.close()
