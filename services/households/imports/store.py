"""What an import has done so far, written in the transaction that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.households.imports.lines import LineFault
from shared.database.transaction import Transaction

KIND = "household-import"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the file has been taken in."""

    file: str
    allow_duplicates: bool
    bytes_total: int
    bytes_done: int
    lines_done: int

    @property
    def finished(self) -> bool:
        return self.bytes_done >= self.bytes_total


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: (line, ref, household id), and (line, fault) in order."""

    households: Sequence[tuple[int, str | None, UUID]]
    faults: Sequence[tuple[int, Sequence[LineFault]]]
    tolerated_duplicates: int


async def create(
    transaction: Transaction, job_id: UUID, *, file: str, digest: str, size: int, allow_duplicates: bool
) -> None:
    await transaction.execute(
        """INSERT INTO household_imports (job_id, file, digest, allow_duplicates, bytes_total, bytes_done, lines_done,
                                          registered, refused, tolerated_duplicates)
           VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0)""",
        job_id,
        file,
        digest,
        allow_duplicates,
        size,
    )


async def lock_progress(transaction: Transaction, job_id: UUID) -> Progress:
    """Locked, so that a worker thought dead cannot take in the same lines beside its successor."""
    row = await transaction.fetch_row(
        """SELECT file, allow_duplicates, bytes_total, bytes_done, lines_done
           FROM household_imports WHERE job_id = $1 FOR UPDATE""",
        job_id,
    )
    if row is None:
        raise LookupError("the job has no import")
    return Progress(**dict(row))


async def record(transaction: Transaction, job_id: UUID, taken: Taken, *, lines: int, end: int, now: datetime) -> None:
    copy = transaction.connection.copy_records_to_table
    await copy(
        "imported_households",
        records=[(job_id, *row) for row in taken.households],
        columns=("import_id", "line", "ref", "household_id"),
    )
    await copy("import_errors", records=_error_rows(job_id, taken), columns=_ERROR_COLUMNS)
    await transaction.execute(
        """UPDATE household_imports SET bytes_done = $2, lines_done = lines_done + $3, registered = registered + $4,
                  refused = refused + $5, tolerated_duplicates = tolerated_duplicates + $6 WHERE job_id = $1""",
        job_id,
        end,
        lines,
        len(taken.households),
        len(taken.faults),
        taken.tolerated_duplicates,
    )
    await transaction.execute(
        """UPDATE jobs SET progress = i.bytes_done, total = i.bytes_total, updated_at = $2
           FROM household_imports i WHERE jobs.id = $1 AND i.job_id = $1""",
        job_id,
        now,
    )


_ERROR_COLUMNS = ("import_id", "line", "number", "pointer", "code")


def _error_rows(job_id: UUID, taken: Taken) -> list[tuple[Any, ...]]:
    return [
        (job_id, line, number, fault.pointer, fault.code)
        for line, faults in taken.faults
        for number, fault in enumerate(faults, start=1)
    ]
