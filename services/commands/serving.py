"""Serving until told to stop: the door first, then databases, then the services; at the end the door first again."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from services.commands.door import Door, bind, serve_application
from services.commands.messages import FolderInUse
from services.commands.stopping import stop_on_signals, unless_stopped
from services.wiring.migration import ALL, migrate_all, require_migrated
from services.wiring.servers import EMBEDDED, DatabaseServer, existing_server
from services.wiring.system import System, databases_of
from shared.embedded import EmbeddedPostgres, EmbeddedPostgresError
from shared.embedded.locks import FileLock, holder
from shared.runtime.collector import sparing_what_stays
from shared.settings import Settings
from shared.tracing.exporting import Tracing

__all__ = ["bind", "database_server", "running", "serve", "serve_application", "up"]


@asynccontextmanager
async def database_server(settings: Settings) -> AsyncIterator[tuple[DatabaseServer, EmbeddedPostgres | None]]:
    """The given server, or an embedded one that runs as long as the block."""
    if settings.database_server:
        yield existing_server(settings), None
        return
    async with EmbeddedPostgres(settings.data / EMBEDDED) as embedded:
        yield embedded, embedded


@contextmanager
def folder_of_our_own(settings: Settings) -> Iterator[None]:
    """Raises ``FolderInUse`` where another process of this system runs on the data folder."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(settings.data / "up.lock") as lock:
        if not lock.acquire_from_the_living():
            raise FolderInUse(settings.data, next(iter(holder(lock.path)), 0))
        yield


@asynccontextmanager
async def running(
    settings: Settings, server: DatabaseServer, names: Sequence[str] = ALL, tracing: Tracing | None = None
) -> AsyncIterator[System]:
    """``tracing`` other than what the settings say."""
    system = System(settings, server, names, tracing)
    await system.start()
    try:
        with sparing_what_stays():
            yield system
    finally:
        await system.stop()


async def up(settings: Settings, ready: Callable[[], None]) -> None:
    """The whole system in this process, until a signal. Raises what is wrong with the database, if it ends."""
    stop = stop_on_signals()
    with folder_of_our_own(settings), bind(settings.host, settings.port) as place:
        async with AsyncExitStack() as stack:
            door = await stack.enter_async_context(Door(place, settings))
            started = await unless_stopped(stop, _started(settings, stack))
            if started is not None:
                system, embedded = started
                await _open_until(stop, door, system, ready, embedded)


async def _started(settings: Settings, stack: AsyncExitStack) -> tuple[System, EmbeddedPostgres | None]:
    server, embedded = await stack.enter_async_context(database_server(settings))
    await migrate_all(settings, databases_of(settings, server))
    return await stack.enter_async_context(running(settings, server)), embedded


async def serve(settings: Settings, name: str, port: int, ready: Callable[[], None]) -> None:
    """One service in this process, beside the others wherever they run, until a signal."""
    stop = stop_on_signals()
    with bind(settings.host, port) as place:
        async with AsyncExitStack() as stack:
            door = await stack.enter_async_context(Door(place, settings))
            system = await unless_stopped(stop, _started_alone(settings, name, stack))
            if system is not None:
                await _open_until(stop, door, system, ready)


async def _started_alone(settings: Settings, name: str, stack: AsyncExitStack) -> System:
    server = existing_server(settings)
    await require_migrated(databases_of(settings, server), name)
    return await stack.enter_async_context(running(settings, server, [name]))


async def _open_until(
    stop: asyncio.Event,
    door: Door,
    system: System,
    ready: Callable[[], None],
    embedded: EmbeddedPostgres | None = None,
) -> None:
    """Let everybody in until told to stop; then what is under way is finished, with the system still behind it."""
    door.let_in(system.application)
    ready()
    failure = await until_stopped(stop, embedded)
    system.leave()
    await door.close()
    if failure is not None:
        raise failure


async def until_stopped(stop: asyncio.Event, embedded: EmbeddedPostgres | None) -> EmbeddedPostgresError | None:
    """What is wrong with the database, where it ended before ``stop``."""
    if embedded is None:
        await stop.wait()
        return None
    return await unless_stopped(stop, embedded.failed())
