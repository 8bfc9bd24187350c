"""The migrations make what the models declare, for every service."""

import pytest

from services.topology import BY_NAME
from services.wiring.definitions import definition_of
from services.wiring.migration import ROOT
from shared.database.migrations import differences, migrate
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
