"""The migrations make what the models declare, for every service."""

import asyncpg
import pytest

from services.topology import BY_NAME
from services.wiring.definitions import definition_of
from services.wiring.migration import ROOT
from shared.database.migrations import VERSION_TABLE, differences, is_behind, migrate
from shared.embedded import EmbeddedPostgres
from tests.fixtures.postgres import fresh_database


@pytest.mark.parametrize("service", sorted(BY_NAME))
async def test_migrated_tables_are_the_models(database_server: EmbeddedPostgres, service: str) -> None:
    definition = definition_of(service)
    async with fresh_database(database_server) as dsn:
        first = await migrate(dsn, definition.metadata, ROOT / definition.migrations)
        assert first is not None
        assert await migrate(dsn, definition.metadata, ROOT / definition.migrations) == first
        assert await differences(dsn, definition.metadata) == []


async def test_a_database_is_behind_until_it_has_every_revision(database_server: EmbeddedPostgres) -> None:
    definition = definition_of("identification")
    folder = ROOT / definition.migrations
    async with fresh_database(database_server) as dsn:
        assert await is_behind(dsn, folder)
        newest = await migrate(dsn, definition.metadata, folder)
        assert not await is_behind(dsn, folder)
        connection = await asyncpg.connect(dsn)
        for revision, behind in (("0001", newest != "0001"), ("9999", False)):
            await connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = $1", revision)
            assert await is_behind(dsn, folder) == behind
        await connection.close()
