"""The door: open from the first moment on, so that who asks is told that the system is starting, then let in."""

import asyncio
import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Self, cast

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.commands.messages import Failure, PortTaken
from services.commands.one_piece import OnePiece
from services.commands.wire import WireLimits
from shared.http.edge import Edge
from shared.http.errors import problem_response
from shared.problems import Problem
from shared.problems.common import UNAVAILABLE
from shared.runtime.health import told
from shared.runtime.standing import STARTING
from shared.settings import Settings

_FINISH_REQUESTS_SECONDS = 3
_FILES_BESIDE = 500
_SOON = {"Retry-After": "1"}


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


def bind(host: str, port: int) -> socket.socket:
    """The door's socket, taken before anything else starts. Raises ``PortTaken``."""
    taken = take(host, port)
    taken.listen(2048)
    return taken


def take(host: str, port: int) -> socket.socket:
    """A socket that keeps strangers from the port and answers nobody. Raises ``PortTaken``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        if isinstance(error, socket.gaierror):
            raise Failure(f"无法监听 {host}。", f"Cannot listen on {host}.") from None
        raise PortTaken(host, port) from None
    return taken


async def serve_application(
    application: ASGIApp,
    door: socket.socket,
    stop: asyncio.Event,
    ready: Callable[[], None],
    settings: Settings | None = None,
) -> None:
    """Answer requests until ``stop``, then finish those under way."""
    settings = settings or Settings()
    _allow_files(settings.max_connections)
    server = _Server(
        uvicorn.Config(
            application,
            http=cast("type[asyncio.Protocol]", partial(OnePiece, limits=WireLimits.of(settings))),
            ws="none",
            interface="asgi3",
            access_log=False,
            log_config=None,
            lifespan="off",
            server_header=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            timeout_keep_alive=settings.keep_alive_seconds,
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


def _allow_files(connections: int) -> None:
    """As many open files as there may be connections, and some more, as far as the system grants them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _FILES_BESIDE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        granted = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, hard))


class Door:
    """Answers as long as the block lasts, or until it is closed before."""

    def __init__(self, place: socket.socket, settings: Settings | None = None) -> None:
        self._place = place
        self._settings = settings or Settings()
        self._inside: ASGIApp = Edge(starting, service="starting", settings=self._settings)
        self._closing = asyncio.Event()
        self._answering: asyncio.Task[None] | None = None

    def let_in(self, inside: ASGIApp) -> None:
        self._inside = inside

    async def close(self) -> None:
        """No new requests; those under way are finished. Safe to repeat."""
        self._closing.set()
        if self._answering is not None:
            await self._answering

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._inside(scope, receive, send)

    async def __aenter__(self) -> Self:
        ready = asyncio.Event()
        self._answering = asyncio.create_task(
            serve_application(self._answer, self._place, self._closing, ready.set, self._settings)
        )
        await ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def starting(scope: Scope, receive: Receive, send: Send) -> None:
    """Alive, not ready, and nothing else for now."""
    await _said_while_starting(scope)(scope, receive, send)


def _said_while_starting(scope: Scope) -> Response:
    if scope["path"] == "/healthz":
        return JSONResponse({"status": "ok"})
    if scope["path"] == "/readyz":
        return told(Request(scope), STARTING)
    return problem_response(Request(scope), Problem(UNAVAILABLE, headers=_SOON))
