"""The fixture that other tests stand on."""

import asyncpg
import pytest

from shared.embedded import EmbeddedPostgres
from tests.fixtures.postgres import database_server, fresh_database
from tests.integration.embedded.helpers import query

__all__ = ["database_server"]


async def test_databases_are_separate_and_dropped(database_server: EmbeddedPostgres) -> None:
    async with fresh_database(database_server) as one, fresh_database(database_server) as other:
        await query(one, "CREATE TABLE memory (word text)")
        with pytest.raises(asyncpg.UndefinedTableError):
            await query(other, "SELECT count(*) FROM memory")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await query(one, "SELECT 1")
