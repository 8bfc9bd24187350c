"""Evidence in the database: which digests there are, from where, and since when. Their bytes lie in the vault.

Three who meet: an upload, a command that cites, and the sweeper. An upload records a row while it shares the digest's
lock; the sweeper removes bytes only while it has that lock alone and sees no row. A command shares the rows that it
cites until it commits; the sweeper takes only rows that nobody shares, and looks for citations after it has them.
"""

from collections.abc import Mapping, Sequence
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
_LOCK = 7_002
"""First key of the advisory locks of digests; the second is drawn from the digest."""


async def require_evidence(transaction: Transaction, digests: Sequence[str], pointer: str) -> None:
    """Raises ``evidence-unknown``, pointing at every digest below ``pointer`` whose bytes are not here."""
    await require_all_evidence(transaction, {pointer: digests})


async def require_all_evidence(transaction: Transaction, cited: Mapping[str, Sequence[str]]) -> None:
    """The same of many places at once: digests by the pointer below which they stand. None goes before the commit."""
    wanted = {digest for digests in cited.values() for digest in digests}
    if not wanted:
        return
    rows = await transaction.fetch(
        """SELECT digest FROM evidence WHERE digest = ANY($1::text[]) AND NOT lost
           ORDER BY digest, division FOR KEY SHARE""",
        list(wanted),
    )
    known = {row["digest"] for row in rows}
    unknown = [
        EVIDENCE_UNKNOWN.at(f"{pointer}/{place}")
        for pointer, digests in cited.items()
        for place, digest in enumerate(digests)
        if digest not in known
    ]
    if unknown:
        raise Problem(EVIDENCE_UNKNOWN, errors=unknown[:_NAMED])


async def share_digest(transaction: Transaction, digest: str) -> None:
    """Until the transaction ends, nobody takes the digest's bytes away."""
    await transaction.execute("SELECT pg_advisory_xact_lock_shared($1, $2)", _LOCK, _number(digest))


async def claim_digest(transaction: Transaction, digest: str) -> bool:
    """Alone with the digest until the transaction ends; False where somebody hands it in just now."""
    claimed: bool = await transaction.fetch_value("SELECT pg_try_advisory_xact_lock($1, $2)", _LOCK, _number(digest))
    return claimed


def _number(digest: str) -> int:
    return int(digest[:8], 16) & 0x7FFFFFFF


async def record(transaction: Transaction, upload: Upload, media_type: str, division: str, officer_id: UUID) -> None:
    """One row for each division that the bytes were uploaded from; handed in again, they wait anew to be cited."""
    await transaction.execute(
        """INSERT INTO evidence (digest, division, size, media_type, uploaded_by, uploaded_at)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (digest, division) DO UPDATE SET handed_in_at = now()""",
        upload.digest,
        division,
        upload.size,
        media_type,
        officer_id,
        transaction.now,
    )
    await transaction.execute("UPDATE evidence SET lost = false WHERE digest = $1 AND lost", upload.digest)


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


async def digests_recorded(connection: "Connection", shelf: str) -> set[str]:
    """The digests that begin with these digits."""
    rows = await connection.fetch(
        "SELECT DISTINCT digest FROM evidence WHERE digest >= $1 AND digest < $2", shelf, f"{shelf}g"
    )
    return {row["digest"] for row in rows}
