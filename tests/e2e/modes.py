"""The ways in which the system can run. The same season is played in each."""

import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import httpx
import pytest

from services.topology import SERVICES
from shared.auth.keys import KeyRing
from shared.embedded import EmbeddedPostgres, discard
from tests.e2e.command_line import Place, end, free_port, serving
from tests.e2e.tapping import Tap, tap_of
from tests.fixtures.kafka import new_prefix
from tests.fixtures.postgres import FAST
from tests.fixtures.services import Tokens, running_system


@dataclass(frozen=True)
class Entrance:
    """All that a stranger is given: where the gateway is, and tokens; and beside it a tap of the bus."""

    url: str
    client: httpx.AsyncClient
    tokens: Tokens
    tap: Tap


Settings = Mapping[str, str]
NOTHING_SPECIAL: Settings = MappingProxyType({})


@asynccontextmanager
async def one_process(data: Path, settings: Settings = NOTHING_SPECIAL) -> AsyncIterator[Entrance]:
    async with _server(data) as server, running_system(server, data, **settings) as system:
        yield Entrance(system.url, system.client, system.tokens, tap_of(server, settings))


@asynccontextmanager
async def processes(data: Path, settings: Settings, *words: str) -> AsyncIterator[Entrance]:
    """As a user starts them; at the end they are told to stop, and do."""
    async with _server(data) as server:
        given = {"database_server": server.dsn("postgres"), "database_connections": "5"} | settings
        environment = {f"JINGZHUN_{name.upper()}": value for name, value in given.items()}
        place = Place(free_port(len(SERVICES) - 1), data, environment)
        async with serving(place, "up", "--sandbox", "--processes", *words) as supervisor:
            async with httpx.AsyncClient(base_url=place.url, timeout=60) as client:
                yield Entrance(place.url, client, Tokens(KeyRing(data / "keys")), tap_of(server, settings))
            assert await end(supervisor, signal.SIGTERM) == 0


def replicas(data: Path, settings: Settings) -> AbstractAsyncContextManager[Entrance]:
    return processes(data, settings, "--replicas", "identification=3", "--replicas", "notifications=3")


def on_kafka(bootstrap: str) -> Settings:
    return {"bus": "kafka", "kafka_bootstrap": bootstrap, "kafka_prefix": new_prefix()}


@asynccontextmanager
async def _server(data: Path) -> AsyncIterator[EmbeddedPostgres]:
    """A database server of its own: a season begins in an empty county."""
    folder = data / "postgres"
    try:
        async with EmbeddedPostgres(folder, settings=FAST) as server:
            yield server
    finally:
        await discard(folder)


WAYS: Mapping[str, Callable[[Path, Settings], AbstractAsyncContextManager[Entrance]]] = {
    "one process": one_process,
    "processes": processes,
    "three replicas": replicas,
}
BUSES = ("postgres log", "kafka")
MODES = [
    pytest.param((way, bus), id=f"{way}, {bus}", marks=[pytest.mark.kafka] if bus == "kafka" else [])
    for way in WAYS
    for bus in BUSES
]
