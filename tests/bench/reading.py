"""A household read through the gateway, with token, scope and area, beside a bare FastAPI route on asyncpg."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson

from services.wiring.servers import GivenServer
from services.wiring.system import databases_of
from shared.settings import Settings
from tests.bench.caller import Caller
from tests.bench.measuring import in_turns
from tests.bench.place import Place
from tests.bench.row import Row
from tests.bench.season.county import COUNTY, register, settle
from tests.bench.system import Served
from tests.e2e.command_line import free_port

CONNECTIONS = 32
HOUSEHOLDS = 500
SECONDS = 4.0
GOAL = 0.6


async def reading(name: str, place: Place, served: Served) -> Row:
    async with Caller.opened(served, CONNECTIONS) as caller:
        await settle(caller)
        households = await register(caller, place.scaled(HOUSEHOLDS, at_least=20), after=0)
    paths = [f"/v1/households/{household.id}" for household in households]
    token = served.tokens.of("county_officer", COUNTY)
    seconds = SECONDS * place.scale
    async with _bare(place, served) as port:
        ours, limit = await in_turns(
            place,
            lambda: _rate(served.port, paths, {"Authorization": f"Bearer {token}"}, seconds),
            lambda: _rate(port, paths, {}, seconds),
        )
    return Row(name, ours, limit, "requests/s", GOAL)


async def _rate(port: int, paths: list[str], headers: dict[str, str], seconds: float) -> float:
    """Answers a second, as another process asks for them."""
    told = {"port": port, "paths": paths, "headers": headers, "seconds": seconds, "connections": CONNECTIONS}
    pipe = asyncio.subprocess.PIPE
    load = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bench.load", stdin=pipe, stdout=pipe)
    output, _ = await load.communicate(orjson.dumps(told))
    assert load.returncode == 0
    answered = orjson.loads(output)
    rate: float = answered["answers"] / answered["seconds"]
    return rate


@asynccontextmanager
async def _bare(place: Place, served: Served) -> AsyncIterator[int]:
    """The port of the bare route, in a process of its own, on the same database."""
    server = GivenServer(place.server.dsn("postgres"))
    dsn, port = databases_of(Settings(data=served.data), server).dsn("households"), free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.bare_route", dsn, str(port), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert (await process.stdout.readline()).startswith(b"ready")
        yield port
    finally:
        process.terminate()
        await process.wait()
