"""The ways in which the system can run. The same season is played in each."""

import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from services.topology import SERVICES
from shared.auth.keys import KeyRing
from shared.embedded import EmbeddedPostgres, discard
from tests.e2e.command_line import Place, end, free_port, serving
from tests.fixtures.postgres import FAST
from tests.fixtures.services import Tokens, running_system


@dataclass(frozen=True)
class Entrance:
    """All that a stranger is given: where the gateway is, and tokens."""

    url: str
    client: httpx.AsyncClient
    tokens: Tokens


Mode = Callable[[Path], AbstractAsyncContextManager[Entrance]]


@asynccontextmanager
async def one_process(data: Path) -> AsyncIterator[Entrance]:
    async with _server(data) as server, running_system(server, data) as system:
        yield Entrance(system.url, system.client, system.tokens)


@asynccontextmanager
async def processes(data: Path, *words: str) -> AsyncIterator[Entrance]:
    async with _server(data) as server:
        place = Place(free_port(len(SERVICES) - 1), data, {"JINGZHUN_DATABASE_SERVER": server.dsn("postgres")})
        async with serving(place, "up", "--sandbox", "--processes", *words) as supervisor:
            async with httpx.AsyncClient(base_url=place.url, timeout=60) as client:
                yield Entrance(place.url, client, Tokens(KeyRing(data / "keys")))
            assert await end(supervisor, signal.SIGTERM) == 0


@asynccontextmanager
async def _server(data: Path) -> AsyncIterator[EmbeddedPostgres]:
    """A database server of its own: a season begins in an empty county."""
    folder = data / "postgres"
    try:
        async with EmbeddedPostgres(folder, settings=FAST) as server:
            yield server
    finally:
        await discard(folder)


REPLICAS = ("--replicas", "identification=3", "--replicas", "notifications=3")
MODES: Mapping[str, Mode] = {
    "one process, postgres log": one_process,
    "processes, postgres log": processes,
    "processes with replicas, postgres log": lambda data: processes(data, *REPLICAS),
}
