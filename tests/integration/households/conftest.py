"""A registry office for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from shared.embedded import EmbeddedPostgres
from tests.fixtures.postgres import fresh_database
from tests.integration.households.registry_office import RegistryOffice, open_registry


@pytest_asyncio.fixture(loop_scope="session")
async def office(database_server: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[RegistryOffice]:
    async with fresh_database(database_server) as dsn, open_registry(dsn, tmp_path) as opened:
        yield opened
