"""The ways in which the system can run. The same season is played in each."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from shared.embedded import EmbeddedPostgres, discard
from tests.fixtures.postgres import FAST
from tests.fixtures.services import RunningSystem, running_system

Mode = Callable[[Path], AbstractAsyncContextManager[RunningSystem]]


@asynccontextmanager
async def one_process(data: Path) -> AsyncIterator[RunningSystem]:
    """On a database server of its own: a season begins in an empty county."""
    server = data / "postgres"
    try:
        async with EmbeddedPostgres(server, settings=FAST) as running, running_system(running, data) as system:
            yield system
    finally:
        await discard(server)


MODES: Mapping[str, Mode] = {"one process, postgres log": one_process}
