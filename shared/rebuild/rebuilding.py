"""The course of a rebuild: read the archive, catch up with the live side, put right what differs."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from shared.bus.port import Delivery
from shared.database.database import Database
from shared.database.outage import OUTAGE
from shared.database.transaction import Connection
from shared.delivery.dispatch import Handlers, Lane, Parcel, TypedDispatch, identity_of
from shared.problems import Problem
from shared.rebuild import ledger, shadow
from shared.rebuild.archive import Archive
from shared.rebuild.errors import (
    AlreadyRebuilding,
    ArchiveBehind,
    ArchiveSilent,
    EventsParked,
    HandlerFailed,
    ServiceBusy,
    SkippedMeanwhile,
)
from shared.rebuild.merging import merge
from shared.rebuild.projection import Projection

REBUILD_LOCK = 0x72656275
ARCHIVE_SECONDS = 60.0
"""How long the archive may take to hold what the service had handled when all else was read."""
HELD_SECONDS = 15.0
"""How long the service's consumers may be held off at the end; its commands and readers never are."""
_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Report:
    """``read`` and ``applied`` count events; ``ahead`` those of them that the service had not received yet."""

    read: int
    applied: int
    ahead: int
    before: int
    after: int
    differed: int
    seconds: float
    held_seconds: float


class Rebuild:
    """One run, once. ``handlers`` are the service's; the rebuild applies those of the projection's events.

    ``archive`` holds every topic that the service consumes; ``inbox_kept`` is how long its inbox remembers.
    """

    def __init__(
        self,
        database: Database,
        archive: Archive,
        handlers: Handlers,
        projection: Projection,
        inbox_kept: timedelta = timedelta(days=45),
    ) -> None:
        self._database = database
        self._service = database.service
        self._archive = archive
        self._projection = projection
        self._dispatch = TypedDispatch({event: handlers[event] for event in projection.events})
        self._inbox_kept = inbox_kept
        self._skipped: set[object] = set()
        self._held: set[Lane] = set()
        self._read = self._applied = 0

    async def run(self) -> Report:
        """Raises ``RebuildRefused``; then, or when killed, the projection is as it was."""
        started = time.monotonic()
        connect = self._database.own_connection
        async with connect() as worker, connect() as gate, self._alone(worker):
            await self._refuse_parked(gate)
            self._skipped = await ledger.skipped(gate)
            await shadow.create(worker, self._projection.shape)
            await self._read_on(worker)
            await self._catch_up(worker, await gate.fetchval("SELECT now()"), ARCHIVE_SECONDS)
            return await self._finish(worker, gate, started)

    @asynccontextmanager
    async def _alone(self, worker: "Connection") -> AsyncIterator[None]:
        """One rebuild a service at a time; the lock falls with its session."""
        if not await worker.fetchval("SELECT pg_try_advisory_lock($1)", REBUILD_LOCK):
            raise AlreadyRebuilding(self._service)
        try:
            yield
        finally:
            if not worker.is_closed():
                await shadow.remove(worker)

    async def _finish(self, worker: "Connection", gate: "Connection", started: float) -> Report:
        held = time.monotonic()
        async with gate.transaction():
            await self._hold_consumers(gate)
            await self._refuse_parked(gate)
            # A question to audit while locks are held, against the rule: nobody else may move until it is answered,
            # and it is given up after some seconds.
            await self._catch_up(worker, None, HELD_SECONDS)
            if await ledger.applied_though_skipped(gate):
                raise SkippedMeanwhile(self._service)
            merged = await merge(gate, self._projection.shape)
            ahead = await ledger.admit(gate, self._inbox_kept)
        now = time.monotonic()
        return Report(
            self._read, self._applied, ahead, merged.before, merged.after, merged.differed, now - started, now - held
        )

    async def _hold_consumers(self, gate: "Connection") -> None:
        """Every transaction of a consumer writes the inbox, every one of a retrier locks rows of the parked."""
        await gate.execute(f"SET LOCAL lock_timeout = '{int(HELD_SECONDS)}s'")
        try:
            await gate.execute("LOCK TABLE public.inbox, public.parked IN EXCLUSIVE MODE")
        except asyncpg.LockNotAvailableError:
            raise ServiceBusy(self._service) from None

    async def _refuse_parked(self, connection: "Connection") -> None:
        if events := await ledger.parked(connection, self._projection):
            raise EventsParked(self._service, events)

    async def _catch_up(self, worker: "Connection", admitted_by: datetime | None, seconds: float) -> None:
        """Until the archive has given all that the live side had admitted by then, or has admitted at all."""
        deadline = time.monotonic() + seconds
        while missing := await ledger.unread(worker, admitted_by):
            if time.monotonic() > deadline:
                raise ArchiveBehind(self._service, missing)
            await self._read_on(worker)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _read_on(self, worker: "Connection") -> None:
        try:
            async for page in self._archive.pages():
                async with worker.transaction():
                    await self._apply(worker, page)
        except Problem:
            raise ArchiveSilent from None

    async def _apply(self, worker: "Connection", page: list[Delivery]) -> None:
        opened = [self._dispatch.open(delivery) for delivery in page]
        ready = [parcel for parcel in opened if parcel is not None and self._has_effect(parcel)]
        read = [
            parcel or Parcel(identity_of(delivery), delivery) for parcel, delivery in zip(opened, page, strict=True)
        ]
        await ledger.keep(worker, read, ready)
        events = [parcel.received.event for parcel in ready if parcel.received is not None]
        await shadow.add_rows(worker, self._projection.shape, events)
        transaction = shadow.SilentTransaction(
            worker, service=self._service, now=self._database.clock.now(), outbox_shards=1
        )
        try:
            await self._dispatch.handle(transaction, ready)
        except OUTAGE:
            raise
        except Exception as error:
            raise HandlerFailed(self._service, type(error).__name__) from error
        self._read += len(page)
        self._applied += len(ready)

    def _has_effect(self, parcel: Parcel) -> bool:
        """Not what an operator skipped, nor a defective event and those behind it: the live side parks them."""
        if parcel.id in self._skipped:
            return False
        if parcel.defect is not None:
            self._held.add(parcel.lane)
        return parcel.lane not in self._held
