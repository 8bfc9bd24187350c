"""A gateway in a sandbox, with fake services beside it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from services.gateway.neighbours import NEIGHBOURS
from services.gateway.service import DEFINITION
from tests.fixtures.services import RunningService, ServiceStarter
from tests.integration.gateway.neighbours import Neighbour, Surroundings, neighbours


@pytest_asyncio.fixture(loop_scope="session")
async def beside() -> dict[str, Neighbour]:
    return neighbours()


@pytest_asyncio.fixture(loop_scope="session")
async def surroundings() -> Surroundings:
    return Surroundings()


@pytest_asyncio.fixture(loop_scope="session")
async def gateway(
    running_service: ServiceStarter, beside: dict[str, Neighbour], surroundings: Surroundings
) -> AsyncIterator[RunningService]:
    peers = {name: each.application() for name, each in beside.items()}
    async with running_service(DEFINITION, peers=peers, extras={NEIGHBOURS: surroundings}) as running:
        yield running
