from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.embedded import EmbeddedPostgres
from tests.fixtures.services import running_system
from tests.integration.rebuild.registers import Registers, settle


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def registers(
    database_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Registers]:
    """The whole system with some households; an event that fails is dead at once. Each test ends with all settled."""
    folder: Path = tmp_path_factory.mktemp("registers")
    async with running_system(database_server, folder, handler_attempts=1) as system:
        yield await settle(Registers(system, database_server))
