from collections.abc import AsyncIterator

import pytest_asyncio

from services.notifications.service import DEFINITION
from tests.fixtures.services import RunningService, ServiceStarter
from tests.integration.notifications.offices import Notifications


@pytest_asyncio.fixture(loop_scope="session")
async def running(running_service: ServiceStarter) -> AsyncIterator[RunningService]:
    async with running_service(DEFINITION) as service:
        yield service


@pytest_asyncio.fixture(loop_scope="session")
async def notifications(running: RunningService) -> Notifications:
    return Notifications(running)
