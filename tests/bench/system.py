"""The system as its users run it, in processes of its own, on the place's server."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import orjson

from services.topology import BY_NAME
from services.wiring.databases import BUS
from shared.auth.keys import KeyRing
from tests.bench.place import Place
from tests.e2e.command_line import Place as Address
from tests.e2e.command_line import command, free_port, serving
from tests.fixtures.services import Tokens


@dataclass(frozen=True)
class Served:
    """``port`` is the gateway's; ``tokens`` of whichever officer."""

    port: int
    data: Path
    tokens: Tokens


@asynccontextmanager
async def in_one_process(place: Place) -> AsyncIterator[Served]:
    async with _databases(place) as settings:
        address = Address(free_port(), place.folder / "data", settings)
        async with serving(address, "up", "--sandbox"):
            yield Served(address.port, address.data, Tokens(KeyRing(address.data / "keys")))


@asynccontextmanager
async def in_processes(place: Place, *names: str) -> AsyncIterator[Served]:
    """The named services, the gateway among them, each in a process of its own."""
    async with _databases(place) as settings, AsyncExitStack() as stack:
        ports = {name: free_port() for name in names}
        urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        told = {"JINGZHUN_SERVICE_URLS": orjson.dumps(urls).decode()}
        address = Address(ports["gateway"], place.folder / "data", settings | told)
        status, _, errors = await command(address, "migrate")
        assert status == 0, errors
        for name, port in ports.items():
            await stack.enter_async_context(serving(address, "serve", name, "--listen", str(port)))
        yield Served(address.port, address.data, Tokens(KeyRing(address.data / "keys")))


@asynccontextmanager
async def _databases(place: Place) -> AsyncIterator[dict[str, str]]:
    """The system's databases bear its own names: gone afterwards, and so is what lies in the folder."""
    try:
        yield {"JINGZHUN_DATABASE_SERVER": place.server.dsn("postgres"), "JINGZHUN_SANDBOX": "true"}
    finally:
        connection = await asyncpg.connect(place.server.dsn("postgres"))
        try:
            for owner in (*BY_NAME, BUS):
                await connection.execute(f"DROP DATABASE IF EXISTS jingzhun_{owner} WITH (FORCE)")
        finally:
            await connection.close()
