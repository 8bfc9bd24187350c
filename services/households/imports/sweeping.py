"""Files that nobody will read: of requests that died before their commit, of imports that have ended."""

import asyncio
from contextlib import suppress
from pathlib import Path

from services.households.imports.job import folder_of
from shared.clock import system_now
from shared.context import ServiceContext

KEPT_SECONDS = 24 * 3600.0
"""Longer than any upload takes: a younger file may belong to a request that is still arriving."""


async def sweep_uploads(context: ServiceContext) -> None:
    """Remove the old files that no unfinished import is waiting for: they hold personal data."""
    async with context.database.connection() as connection:
        rows = await connection.fetch(
            """SELECT i.file FROM household_imports i JOIN jobs j ON j.id = i.job_id
               WHERE j.state IN ('queued', 'running')"""
        )
    await asyncio.to_thread(_remove_old, folder_of(context.settings), {row["file"] for row in rows})


def _remove_old(folder: Path, awaited: set[str]) -> None:
    oldest_kept = system_now().timestamp() - KEPT_SECONDS
    for path in folder.glob("*"):
        with suppress(FileNotFoundError):  # another replica sweeps too
            if path.name not in awaited and path.stat().st_mtime < oldest_kept:
                path.unlink()
