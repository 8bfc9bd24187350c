from collections.abc import AsyncIterator

import pytest_asyncio

from services.audit.service import DEFINITION
from tests.fixtures.eventstreams import at_a_port
from tests.fixtures.services import RunningService, ServiceStarter
from tests.integration.audit.listeners import Listeners
from tests.integration.audit.readers import Reader


@pytest_asyncio.fixture(loop_scope="session")
async def audit(running_service: ServiceStarter) -> AsyncIterator[RunningService]:
    async with running_service(DEFINITION) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def operator(audit: RunningService) -> Reader:
    return Reader(audit, "operator", "500000000000")


@pytest_asyncio.fixture(loop_scope="session")
async def listeners(audit: RunningService) -> AsyncIterator[Listeners]:
    async with at_a_port(audit.runtime.application) as url:
        yield Listeners(audit, url)
