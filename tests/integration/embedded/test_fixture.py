"""The fixture that other tests stand on."""

import os
import signal
from pathlib import Path

import asyncpg
import pytest

from shared.embedded import EmbeddedPostgres
from tests.fixtures.postgres import database_server, discard_killed_runs, folders, fresh_database
from tests.integration.embedded.helpers import ended, query, supervised

__all__ = ["database_server"]


async def test_databases_are_separate_and_dropped(database_server: EmbeddedPostgres) -> None:
    async with fresh_database(database_server) as one, fresh_database(database_server) as other:
        await query(one, "CREATE TABLE memory (word text)")
        with pytest.raises(asyncpg.UndefinedTableError):
            await query(other, "SELECT count(*) FROM memory")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await query(one, "SELECT 1")


async def test_killed_runs_are_cleared_away_and_live_ones_stay(tmp_path: Path) -> None:
    async with supervised(tmp_path / "killed") as killed, supervised(tmp_path / "alive") as alive:
        os.kill(killed.facts["server"], signal.SIGKILL)
        await killed.kill()
        await discard_killed_runs(folders(tmp_path))
        assert await ended(killed.facts["server"])
        assert folders(tmp_path) == [tmp_path / "alive"]
        assert await query(alive.facts["dsn"], "SELECT 1") == 1
