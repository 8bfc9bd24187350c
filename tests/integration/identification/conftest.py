"""An office of identification for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from shared.embedded import EmbeddedPostgres
from tests.fixtures.bucket import S3Server, s3_server
from tests.fixtures.postgres import fresh_database
from tests.integration.identification.office import Office, open_office


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bucket_server() -> AsyncIterator[S3Server]:
    async with s3_server() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def office(database_server: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Office]:
    async with fresh_database(database_server) as dsn, open_office(dsn, tmp_path) as opened:
        yield opened
