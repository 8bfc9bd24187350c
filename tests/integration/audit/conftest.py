from collections.abc import AsyncIterator

import pytest_asyncio

from services.audit.service import DEFINITION
from tests.fixtures.services import RunningService, ServiceStarter
from tests.integration.audit.readers import Reader


@pytest_asyncio.fixture(loop_scope="session")
async def audit(running_service: ServiceStarter) -> AsyncIterator[RunningService]:
    async with running_service(DEFINITION) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def operator(audit: RunningService) -> Reader:
    return Reader(audit, "operator", "500000000000")
