"""Serving until told to stop: databases first, then the services, then the door; backwards at the end."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from services.commands.messages import Failure, FolderInUse, PortTaken
from services.wiring.migration import ALL, migrate_all
from services.wiring.servers import EMBEDDED, DatabaseServer, GivenServer, existing_server
from services.wiring.system import System, databases_of
from shared.embedded import EmbeddedPostgres
from shared.embedded.locks import FileLock, holder
from shared.settings import Settings

_FINISH_REQUESTS_SECONDS = 4
_HARD_EXIT = 130


class _Server(uvicorn.Server):
    """Signals are ours to handle: the services stop after the door is closed."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def database_server(settings: Settings) -> AsyncIterator[tuple[DatabaseServer, EmbeddedPostgres | None]]:
    """The given server, or an embedded one that runs as long as the block."""
    if settings.database_server:
        yield GivenServer(settings.database_server), None
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


def bind(host: str, port: int) -> socket.socket:
    """The door, taken before anything else starts. Raises ``PortTaken``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(2048)
    except OSError as error:
        door.close()
        if isinstance(error, socket.gaierror):
            raise Failure(f"无法监听 {host}。", f"Cannot listen on {host}.") from None
        raise PortTaken(host, port) from None
    return door


def stop_on_signals() -> asyncio.Event:
    """Set by the first SIGINT or SIGTERM; the second ends the process at once."""
    stop = asyncio.Event()

    def told() -> None:
        if stop.is_set():
            os._exit(_HARD_EXIT)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told)
    return stop


async def serve_application(
    application: ASGIApp, door: socket.socket, stop: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Answer requests until ``stop``, then finish those under way."""
    server = _Server(
        uvicorn.Config(
            application,
            access_log=False,
            log_config=None,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=_FINISH_REQUESTS_SECONDS,
        ),
        ready,
    )
    serving = asyncio.create_task(server.serve(sockets=[door]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving


@asynccontextmanager
async def running(settings: Settings, server: DatabaseServer, names: Sequence[str] = ALL) -> AsyncIterator[System]:
    system = System(settings, server, names)
    await system.start()
    try:
        yield system
    finally:
        await system.stop()


async def up(settings: Settings, ready: Callable[[], None]) -> None:
    """The whole system in this process, until a signal. Raises what is wrong with the database, if it ends."""
    stop = stop_on_signals()
    with folder_of_our_own(settings), bind(settings.host, settings.port) as door:
        async with AsyncExitStack() as stack:
            server, embedded = await stack.enter_async_context(database_server(settings))
            await migrate_all(settings, databases_of(settings, server))
            system = await stack.enter_async_context(running(settings, server))
            serving = serve_application(system.application, door, stop, ready)
            await _while_database_runs(embedded, asyncio.create_task(serving), stop)


async def _while_database_runs(
    embedded: EmbeddedPostgres | None, serving: "asyncio.Task[None]", stop: asyncio.Event
) -> None:
    if embedded is None:
        await serving
        return
    watching = asyncio.create_task(embedded.failed())
    await asyncio.wait({serving, watching}, return_when=asyncio.FIRST_COMPLETED)
    ended = None if serving.done() else watching.result()
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    stop.set()
    await serving
    if ended is not None:
        raise ended


async def serve(settings: Settings, name: str, port: int, ready: Callable[[], None]) -> None:
    """One service in this process, beside the others wherever they run, until a signal."""
    stop = stop_on_signals()
    with bind(settings.host, port) as door:
        async with running(settings, existing_server(settings), [name]) as system:
            await serve_application(system.application, door, stop, ready)
