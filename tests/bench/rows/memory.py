"""What each service's process takes, at rest and while a season is played, beside the least process of its kind."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from services.topology import SERVICES
from shared.embedded import discard
from tests.bench.place import Place
from tests.bench.processes import resident_mib, services_under
from tests.bench.row import Row
from tests.e2e.command_line import Place as Address
from tests.e2e.command_line import command, end, free_port, serving

HOUSEHOLDS = 200
ALLOWED_MIB = 90.0
"""Beyond the bare process: contracts, models and routes, metrics, tokens, the relay and the consumer."""
ENGINES_MIB = 45.0
"""Identification holds DuckDB and sqlglot beside them."""
WORK_MIB = 40.0
"""What lists and files under way may add."""
LOOK_SECONDS = 0.2


async def measure(place: Place) -> list[Row]:
    bare = await _bare(place)
    address = Address(free_port(len(SERVICES) - 1), place.folder / "memory")
    try:
        async with serving(address, "up", "--sandbox", "--processes") as supervisor:
            services = services_under(supervisor.pid)
            at_rest = {name: resident_mib(pid) for name, pid in services.items()}
            under_load = await _in_a_season(address, services, place.scaled(HOUSEHOLDS, at_least=50))
            await end(supervisor, signal.SIGTERM)
    finally:
        await discard(address.data / "postgres")
    return [
        *_rows("memory at rest", at_rest, bare + ALLOWED_MIB),
        *_rows("memory under load", under_load, bare + ALLOWED_MIB + WORK_MIB),
    ]


def _rows(what: str, measured: Mapping[str, float], limit: float) -> list[Row]:
    limits = {name: limit + (ENGINES_MIB if name == "identification" else 0) for name in measured}
    return [
        Row(f"{what}: {name}", taken, limits[name], "MiB", 1, less_is_better=True) for name, taken in measured.items()
    ]


async def _in_a_season(address: Address, services: Mapping[str, int], households: int) -> dict[str, float]:
    """The most that each took."""
    most = dict.fromkeys(services, 0.0)
    season = asyncio.create_task(command(address, "season", "--households", str(households)))
    while not season.done():
        most = {name: max(most[name], resident_mib(pid)) for name, pid in services.items()}
        await asyncio.wait({season}, timeout=LOOK_SECONDS)
    status, output, errors = await season
    assert status == 0, output + errors
    return most


async def _bare(place: Place) -> float:
    async with _bare_process(place.server.dsn("postgres")) as process:
        return resident_mib(process.pid)


@asynccontextmanager
async def _bare_process(dsn: str) -> AsyncIterator[asyncio.subprocess.Process]:
    program = (sys.executable, "-m", "tests.bench.bare.process", dsn)
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
