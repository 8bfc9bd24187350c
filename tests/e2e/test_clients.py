"""The generated clients' examples, as a stranger runs them against a running system."""

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.embedded import EmbeddedPostgres
from tests.e2e.strangers import COUNTY, Stranger
from tests.e2e.village import settle_village
from tests.fixtures.services import RunningSystem, running_system

CLIENTS = Path(__file__).parents[2] / "clients"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def system(
    database_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningSystem]:
    async with running_system(database_server, tmp_path_factory.mktemp("system")) as running:
        await settle_village(Stranger(running))
        yield running


async def test_python(system: RunningSystem) -> None:
    assert await _told(system, sys.executable, "python/examples/county.py") == await _states(system)


@pytest.mark.slow
async def test_typescript(system: RunningSystem) -> None:
    for step in (["typescript/install"], ["npm", "--prefix", "typescript", "run", "--silent", "build"]):
        await _output(*step)
    assert await _told(system, "node", "typescript/dist/examples/county.js") == await _states(system)


async def _states(system: RunningSystem) -> Counter[str]:
    headers = system.tokens.officer("county_officer", COUNTY)
    cases = (await system.client.get("/v1/cases?limit=1000", headers=headers)).json()["items"]
    states = Counter[str](case["state"] for case in cases)
    assert states.total() > 5, "one page is no test of paging"
    return states


async def _told(system: RunningSystem, *program: str) -> Counter[str]:
    """The last line: cases by state."""
    told = await _output(*program, URL=system.url, TOKEN=system.tokens.of("county_officer", COUNTY))
    return Counter(json.loads(told.splitlines()[-1]))


async def _output(*program: str, **environment: str) -> str:
    first, *rest = program
    process = await asyncio.create_subprocess_exec(
        CLIENTS / first if "/" in first else first,
        *rest,
        cwd=CLIENTS,
        env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert process.returncode == 0, (program, output.decode(), errors.decode())
    return output.decode()
