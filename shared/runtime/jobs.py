"""Long work as rows: claimed by one worker at a time, with progress; after a death another worker takes it up."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from shared.context import ServiceContext
from shared.database.database import Database
from shared.database.outage import OUTAGE
from shared.database.transaction import Trace, Transaction, current_trace
from shared.delivery.persistence import pause, persist
from shared.ids import new_id
from shared.observability import doing, places
from shared.problems import Problem

log = structlog.get_logger()
POLL_SECONDS = 0.25
AT_ONCE = 3
"""Most of a job is waiting: for members' records, for the database, for a thread."""
JOB_LOCK = 7_001
"""First key of the advisory locks of jobs; the second is drawn from the job's id."""


@dataclass(frozen=True, slots=True)
class Job:
    id: UUID
    kind: str
    division: str
    requested_by: UUID
    arguments: dict[str, Any]


JobHandler = Callable[[ServiceContext, Job], Awaitable[dict[str, Any]]]
"""Does the work in transactions of its own, each safe to repeat; returns the result. A ``Problem`` fails the job."""


async def enqueue(
    transaction: Transaction, kind: str, *, division: str, requested_by: UUID, arguments: dict[str, Any]
) -> UUID:
    job_id = new_id()
    await transaction.execute(
        """INSERT INTO jobs (id, kind, state, division, requested_by, arguments, progress, created_at, updated_at)
           VALUES ($1, $2, 'queued', $3, $4, $5, 0, $6, $6)""",
        job_id,
        kind,
        division,
        requested_by,
        arguments,
        transaction.now,
    )
    return job_id


async def report_progress(database: Database, job_id: UUID, done: int, total: int) -> None:
    async with database.connection() as connection:
        await connection.execute("UPDATE jobs SET progress = $2, total = $3 WHERE id = $1", job_id, done, total)


class JobWorker:
    """Runs a few jobs at once. The session lock on a job falls with who runs it: after a death it is resumed."""

    def __init__(self, context: ServiceContext, handlers: Mapping[str, JobHandler]) -> None:
        self._context = context
        self._handlers = handlers

    async def run(self, stop: asyncio.Event) -> None:
        async def work() -> None:
            async with self._context.database.own_connection() as lock:
                while not stop.is_set():
                    if not await self._one(lock):
                        await pause(stop, POLL_SECONDS)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(persist(work, stop, service=self._context.name, task="jobs"))

    async def _one(self, lock: "asyncpg.Connection[asyncpg.Record]") -> bool:
        rows = await lock.fetch(
            """SELECT id, kind, division, requested_by, arguments FROM jobs
               WHERE state IN ('queued', 'running') ORDER BY created_at LIMIT 10"""
        )
        for row in rows:
            job = Job(**dict(row))
            key = job.id.int & 0x7FFFFFFF
            if not await lock.fetchval("SELECT pg_try_advisory_lock($1, $2)", JOB_LOCK, key):
                continue
            try:
                if await lock.fetchval("SELECT state IN ('queued', 'running') FROM jobs WHERE id = $1", job.id):
                    with self._known(job):
                        await self._work(job)
                    return True
            finally:
                await lock.execute("SELECT pg_advisory_unlock($1, $2)", JOB_LOCK, key)
        return False

    @contextmanager
    def _known(self, job: Job) -> Iterator[None]:
        """All that comes of the job is correlated by its id, and its log lines name it."""
        tracer, name = self._context.database.tracer, self._context.name
        with tracer.span(f"job {job.kind}", parent=None) as span, doing(name, job=job.kind, job_id=str(job.id)):
            token = current_trace.set(Trace(str(job.id), traceparent=span.traceparent))
            try:
                yield
            finally:
                current_trace.reset(token)

    async def _work(self, job: Job) -> None:
        database = self._context.database
        async with database.connection() as connection:
            await connection.execute("UPDATE jobs SET state = 'running', updated_at = now() WHERE id = $1", job.id)
        try:
            state, result = "succeeded", await self._handlers[job.kind](self._context, job)
        except Problem as problem:
            state = "failed"
            result = {"problem": {"code": problem.type.code, "zh": problem.type.zh, "en": problem.type.en}}
        except OUTAGE:
            raise  # the job stays running and is taken up again
        except Exception as error:
            log.error("job failed", error=type(error).__name__, where=places(error))
            state, result = (
                "failed",
                {"problem": {"code": "internal-error", "zh": "系统内部错误", "en": "Internal error"}},
            )
        async with database.connection() as connection:
            await connection.execute(
                "UPDATE jobs SET state = $2, result = $3, updated_at = now() WHERE id = $1", job.id, state, result
            )
