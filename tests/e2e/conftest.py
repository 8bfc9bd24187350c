"""Fixtures of the tests that meet the whole system."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from shared.embedded import EmbeddedPostgres
from tests.e2e.strangers import Stranger
from tests.e2e.village import Village, settle_village
from tests.fixtures.services import running_system


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def village(
    database_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Village]:
    async with running_system(database_server, tmp_path_factory.mktemp("system")) as system:
        yield await settle_village(Stranger(system))
