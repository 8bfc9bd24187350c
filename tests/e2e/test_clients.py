"""The generated clients' examples, as a stranger runs them against a running system."""

import asyncio
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from jingzhun_client import AsyncClient, Credentials
from jingzhun_client.models import ApiClientBody
from jingzhun_client.operations import list_cases, register_api_client
from shared.embedded import EmbeddedPostgres
from shared.ids import new_id
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


async def test_python_readme(system: RunningSystem) -> None:
    snippet = (CLIENTS / "python/README.md").read_text().split("```python\n")[1].split("```")[0]
    given = f"from os import environ\ntoken = environ['TOKEN']\n{snippet}".replace("http://127.0.0.1:8000", system.url)
    token = system.tokens.of("county_officer", COUNTY)
    assert "survey" in await _output(sys.executable, "-c", given, TOKEN=token)


async def test_python_of_a_registered_system(system: RunningSystem) -> None:
    client, secret = await _registered(system)
    async with AsyncClient(system.url, Credentials(client, secret)) as jingzhun:
        states = Counter([case.state async for case in jingzhun.items(list_cases(limit=3))])
    assert states == await _states(system)


async def test_python(system: RunningSystem) -> None:
    token = system.tokens.of("county_officer", COUNTY)
    told = await _output(sys.executable, "python/examples/county.py", URL=system.url, TOKEN=token)
    assert Counter(json.loads(told.splitlines()[-1])) == await _states(system)


@pytest.mark.slow
async def test_typescript(system: RunningSystem) -> None:
    if shutil.which("npm") is None and not os.environ.get("CI"):
        pytest.skip("npm is missing (Debian: nodejs npm)")
    for step in (["typescript/install"], ["npm", "--prefix", "typescript", "run", "--silent", "build"]):
        await _output(*step)
    client, secret = await _registered(system)
    program = ("node", "typescript/dist/examples/county.js")
    told = await _output(*program, URL=system.url, CLIENT_ID=client, CLIENT_SECRET=secret)
    assert Counter(json.loads(told.splitlines()[-1])) == await _states(system)


async def _registered(system: RunningSystem) -> tuple[str, str]:
    """A system that reads cases and households: its name and its secret."""
    name = f"civil-affairs-{new_id().hex[-8:]}"
    scopes = ["cases:read", "households:read"]
    body = ApiClientBody(id=name, name="民政厅低保系统", role="county_officer", division=COUNTY, scopes=scopes)
    async with AsyncClient(system.url, system.tokens.of("county_officer", COUNTY)) as jingzhun:
        secret = (await jingzhun.send(register_api_client(body))).secret
    assert secret is not None
    return name, secret


async def _states(system: RunningSystem) -> Counter[str]:
    headers = system.tokens.officer("county_officer", COUNTY)
    cases = (await system.client.get("/v1/cases?limit=1000", headers=headers)).json()["items"]
    states = Counter[str](case["state"] for case in cases)
    assert states.total() > 5, "one page is no test of paging"
    return states


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
