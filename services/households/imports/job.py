"""The job of an import: batches of a thousand lines, each taken in wholly or not at all, resumed where it stopped."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

from prometheus_client import Counter

from services.households.imports.lines import Line, LineFault, line_faults
from services.households.imports.reading import Chunk, read_chunk
from services.households.imports.store import Taken, lock_progress, record
from services.households.problems import BOOKLET_TAKEN, IMPORT_FILE_MISSING, REGISTERED_ELSEWHERE
from services.households.registry.registration import Refused, register
from shared.context import ServiceContext
from shared.database.transaction import Transaction
from shared.problems import Problem
from shared.runtime.jobs import Job
from shared.settings import Settings

BATCH = 1_000
_ATTEMPTS = 5
LINES = Counter("jingzhun_household_import_lines_total", "Lines of imports taken in", ["outcome"])


def folder_of(settings: Settings) -> Path:
    return settings.uploads / "household-imports"


async def import_households(context: ServiceContext, job: Job) -> dict[str, Any]:
    """Counts of what was registered and refused. The uploaded file is removed: what it said is in the register."""
    finished = False
    while not finished:
        finished = await _take_batch(context, job)
    async with context.database.connection() as connection:
        row = await connection.fetchrow(
            """SELECT file, registered, refused, tolerated_duplicates
               FROM household_imports WHERE job_id = $1""",
            job.id,
        )
    if row is None:
        raise LookupError("the job has no import")
    (folder_of(context.settings) / row["file"]).unlink(missing_ok=True)
    return {name: row[name] for name in ("registered", "refused", "tolerated_duplicates")}


async def _take_batch(context: ServiceContext, job: Job) -> bool:
    """Whether the file is finished. Somebody else's registration in the meantime makes it look again."""
    for attempt in range(_ATTEMPTS):
        try:
            async with context.database.transaction() as transaction:
                return await _take(transaction, folder_of(context.settings), job)
        except FileNotFoundError:
            raise Problem(IMPORT_FILE_MISSING) from None
        except Problem as problem:
            if problem.type not in {BOOKLET_TAKEN, REGISTERED_ELSEWHERE} or attempt == _ATTEMPTS - 1:
                raise
    raise RuntimeError("unreachable: the last attempt returns or raises")


async def _take(transaction: Transaction, folder: Path, job: Job) -> bool:
    progress = await lock_progress(transaction, job.id)
    if progress.finished:
        return True
    chunk = await asyncio.to_thread(
        read_chunk, folder / progress.file, progress.bytes_done, progress.lines_done + 1, BATCH
    )
    taken = await _register(transaction, chunk, job, allow_duplicates=progress.allow_duplicates)
    await record(transaction, job.id, taken, lines=chunk.texts, end=chunk.end, now=transaction.now)
    LINES.labels("registered").inc(len(taken.households))
    LINES.labels("refused").inc(len(taken.faults))
    return chunk.end >= progress.bytes_total


async def _register(transaction: Transaction, chunk: Chunk, job: Job, *, allow_duplicates: bool) -> Taken:
    sound = [(line, line.body) for line in chunk.lines if line.body is not None]
    outcomes = await register(
        transaction, [body for _, body in sound], area=job.division, allow_duplicates=allow_duplicates
    )
    households: list[tuple[int, str | None, UUID]] = []
    faults: list[tuple[int, tuple[LineFault, ...]]] = [_unreadable(line) for line in chunk.lines if line.body is None]
    tolerated = 0
    for (line, body), outcome in zip(sound, outcomes, strict=True):
        if isinstance(outcome, Refused):
            faults.append((line.number, line_faults(outcome.faults)))
        else:
            households.append((line.number, body.ref, outcome.id))
            tolerated += len(outcome.tolerated)
    return Taken(households, sorted(faults), tolerated)


def _unreadable(line: Line) -> tuple[int, tuple[LineFault, ...]]:
    return line.number, line.faults
