"""What nobody needs goes: evidence that nothing has named for the grace period, bytes without a row, broken uploads.

And the reverse is told: a row whose bytes are gone is marked, can no longer be cited, and is counted for the operators.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import asyncpg
import structlog
from prometheus_client import Counter

from services.identification.evidence.store import claim_digest, digests_recorded
from services.identification.evidence.vault import SHELVES, Kept, Vault, vault_of
from shared.clock import system_now
from shared.context import ServiceContext
from shared.database.transaction import Transaction

log = structlog.get_logger()
SWEPT = Counter(
    "jingzhun_evidence_swept_total", "What was swept away: unnamed evidence, stray bytes, broken uploads", ["what"]
)
for _what in ("unnamed", "stray", "broken"):
    SWEPT.labels(_what)
STRAY_AFTER = timedelta(days=1)
"""Longer than any upload takes: younger bytes may belong to a request that has not committed yet."""
_AT_ONCE = 500
CITATIONS = (
    "SELECT jsonb_array_elements_text(evidence) FROM cases",
    "SELECT jsonb_array_elements_text(evidence) FROM assessments",
    "SELECT jsonb_array_elements_text(evidence) FROM suspect_signatures",
    "SELECT details->>'minutes' FROM lists WHERE kind = 'appraisal'",
)
"""Every place that names evidence, as a list of digests (held by a test to the places that require it)."""
_CITED = " UNION ".join(
    f"SELECT digest FROM ({place}) AS told (digest) WHERE digest = ANY($1::text[])"  # noqa: S608 - our own
    for place in CITATIONS
)
_SETTLE = """UPDATE evidence SET settled = true FROM unnest($1::text[], $2::text[]) AS one (digest, division)
             WHERE (evidence.digest, evidence.division) = (one.digest, one.division)"""
_FORGET = """DELETE FROM evidence USING unnest($1::text[], $2::text[]) AS one (digest, division)
             WHERE (evidence.digest, evidence.division) = (one.digest, one.division)"""


async def sweep_evidence(context: ServiceContext) -> None:
    """Evidence that was named by nothing while the grace period passed: first its row, then its bytes."""
    grace = timedelta(days=context.settings.evidence_grace_days)
    looked_at = _AT_ONCE
    while looked_at == _AT_ONCE:
        looked_at, unnamed = await _release(context, grace)
        for digest in unnamed:
            if await _discard(context, vault_of(context), digest):
                SWEPT.labels("unnamed").inc()


async def _release(context: ServiceContext, grace: timedelta) -> tuple[int, list[str]]:
    """How many rows were looked at, and the digests that lost theirs. What is cited is never looked at again."""
    async with context.database.transaction() as transaction:
        rows = await transaction.fetch(
            """SELECT digest, division FROM evidence WHERE NOT settled AND handed_in_at < now() - $1::interval
               ORDER BY handed_in_at LIMIT $2 FOR UPDATE SKIP LOCKED""",
            grace,
            _AT_ONCE,
        )
        cited = await _cited(transaction, {row["digest"] for row in rows})
        unnamed = [row for row in rows if row["digest"] not in cited]
        await transaction.execute(_SETTLE, *_pairs(row for row in rows if row["digest"] in cited))
        await transaction.execute(_FORGET, *_pairs(unnamed))
    return len(rows), sorted({row["digest"] for row in unnamed})


def _pairs(rows: Iterable[asyncpg.Record]) -> tuple[list[str], list[str]]:
    told = list(rows)
    return [row["digest"] for row in told], [row["division"] for row in told]


async def _cited(transaction: Transaction, digests: set[str]) -> set[str]:
    """A statement of its own, after the rows are locked: it sees what was cited until then."""
    if not digests:
        return set()
    return {row["digest"] for row in await transaction.fetch(_CITED, list(digests))}


async def _discard(context: ServiceContext, vault: Vault, digest: str) -> bool:
    """Remove the bytes, unless a row stands for them by now or is about to."""
    async with context.database.transaction() as transaction:
        if not await claim_digest(transaction, digest):
            return False
        if await transaction.fetch_value("SELECT EXISTS (SELECT FROM evidence WHERE digest = $1)", digest):
            return False
        await vault.remove(digest)
        return True


async def take_stock(context: ServiceContext) -> None:
    """Shelf by shelf, what lies there beside what is recorded."""
    vault = vault_of(context)
    for shelf in SHELVES:
        lying = await vault.shelf(shelf)
        async with context.database.connection() as connection:
            recorded = await digests_recorded(connection, shelf)
        await _remove_strays(context, vault, {digest: lying[digest] for digest in lying.keys() - recorded})
        await _mark_lost(context, vault, sorted(recorded - lying.keys()))


async def _remove_strays(context: ServiceContext, vault: Vault, strays: dict[str, Kept]) -> None:
    oldest_kept = system_now() - STRAY_AFTER
    for digest, kept in strays.items():
        if kept.since < oldest_kept and await _discard(context, vault, digest):
            SWEPT.labels("stray").inc()


async def _mark_lost(context: ServiceContext, vault: Vault, missing: Sequence[str]) -> None:
    """Asked for once more: what came while the shelf was read is not lost."""
    for digest in missing:
        async with context.database.transaction() as transaction:
            if not await claim_digest(transaction, digest) or await vault.find(digest) is not None:
                continue
            marked = await transaction.execute("UPDATE evidence SET lost = true WHERE digest = $1", digest)
        if marked != "UPDATE 0":
            log.error("evidence lost", service=context.name, digest=digest)


async def sweep_broken_uploads(context: ServiceContext) -> None:
    """Files of requests that died before their commit."""
    removed = await asyncio.to_thread(_remove_old, incoming(context))
    SWEPT.labels("broken").inc(removed)


def incoming(context: ServiceContext) -> Path:
    return context.settings.evidence / "incoming"


def _remove_old(folder: Path) -> int:
    oldest_kept, removed = (system_now() - STRAY_AFTER).timestamp(), 0
    for path in folder.glob("*"):
        with suppress(FileNotFoundError):  # another replica sweeps too
            if path.stat().st_mtime < oldest_kept:
                path.unlink()
                removed += 1
    return removed
