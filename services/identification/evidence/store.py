"""Evidence on the disk and in the database, addressed by its SHA-256."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from services.identification.problems import EVIDENCE_UNKNOWN
from shared.areas import prefix
from shared.database.transaction import Transaction
from shared.http.uploads import Upload
from shared.problems import Problem

if TYPE_CHECKING:
    from shared.database.transaction import Connection

_NAMED = 100


async def require_evidence(transaction: Transaction, digests: Sequence[str], pointer: str) -> None:
    """Raises ``evidence-unknown``, pointing at every digest below ``pointer`` whose bytes were not uploaded."""
    await require_all_evidence(transaction, {pointer: digests})


async def require_all_evidence(transaction: Transaction, cited: Mapping[str, Sequence[str]]) -> None:
    """The same of many places at once: digests by the pointer below which they stand."""
    wanted = {digest for digests in cited.values() for digest in digests}
    if not wanted:
        return
    rows = await transaction.fetch("SELECT digest FROM evidence WHERE digest = ANY($1::text[])", list(wanted))
    known = {row["digest"] for row in rows}
    unknown = [
        EVIDENCE_UNKNOWN.at(f"{pointer}/{place}")
        for pointer, digests in cited.items()
        for place, digest in enumerate(digests)
        if digest not in known
    ]
    if unknown:
        raise Problem(EVIDENCE_UNKNOWN, errors=unknown[:_NAMED])


def path_of(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest[2:4] / digest


def keep(folder: Path, upload: Upload) -> None:
    """Move the bytes to their place, at once and durably. The same bytes have the same place."""
    path = path_of(folder, upload.digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    upload.path.replace(path)
    for changed in (path.parent, path.parent.parent, folder):
        _settle_folder(changed)


def _settle_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


async def record(transaction: Transaction, upload: Upload, division: str, officer_id: UUID) -> None:
    """One row for each division that the bytes were uploaded from."""
    await transaction.execute(
        """INSERT INTO evidence (digest, division, size, media_type, uploaded_by, uploaded_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING""",
        upload.digest,
        division,
        upload.size,
        upload.media_type,
        officer_id,
        transaction.now,
    )


async def find(connection: "Connection", digest: str, area: str) -> asyncpg.Record | None:
    """Evidence uploaded from within the area, or attached to an application of the area."""
    return await connection.fetchrow(
        """SELECT digest, size, media_type FROM evidence
           WHERE digest = $1
             AND (division LIKE $2
                  OR EXISTS (SELECT FROM cases WHERE division LIKE $2 AND evidence ? $1))
           ORDER BY uploaded_at LIMIT 1""",
        digest,
        f"{prefix(area)}%",
    )
