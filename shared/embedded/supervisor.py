"""Starts, watches and stops one embedded PostgreSQL server."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode

from shared.embedded import binaries, disk, failures, leftovers
from shared.embedded.account import Account, account_for
from shared.embedded.cluster import SUPERUSER, Cluster
from shared.embedded.errors import AlreadyRunning, EmbeddedPostgresError
from shared.embedded.locks import FileLock, holder
from shared.embedded.log import Log
from shared.embedded.program import Program
from shared.embedded.runtime import PORT, RuntimeFolder
from shared.embedded.server import Installation
from shared.embedded.settings import command_line


class EmbeddedPostgres:
    """One server on one data folder, for as long as this process lives; killed outright, it takes the server along.

    ``settings`` are PostgreSQL's own and go before ours, except where the server listens. Start it in a thread that
    lives as long as the server shall.
    """

    def __init__(self, data: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.data = data.absolute()
        self._settings = dict(settings or {})
        self._cluster = Cluster(self.data)
        self._log = Log(self.data / "postgres.log")
        self._lock = FileLock(self.data / "supervisor.lock")
        self._server_lock = self.data / "server.lock"
        self._runtime = RuntimeFolder(self.data / "runtime")
        self._server: Program | None = None

    @property
    def pid(self) -> int | None:
        """Of the server, while it runs."""
        return self._server.pid if self._server is not None and self._server.running else None

    @property
    def sockets(self) -> Path:
        """The private folder where the server listens."""
        return self._runtime.path

    def dsn(self, database: str, user: str = SUPERUSER, password: str | None = None) -> str:
        """For asyncpg, over the private socket. The superuser's password is known; other roles bring theirs."""
        if password is None and user == SUPERUSER:
            password = self._cluster.password
        secret = "" if password is None else f":{quote(password, safe='')}"
        place = urlencode({"host": str(self.sockets), "port": PORT})
        return f"postgresql://{quote(user, safe='')}{secret}@/{quote(database, safe='')}?{place}"

    async def start(self) -> None:
        """Make the database if there is none, end what a killed run left, and return once connections are accepted.

        Raises EmbeddedPostgresError; nothing is then left running and the folder is free.
        """
        try:
            self._take_lock()
            await self._start()
        except BaseException as error:
            if not isinstance(error, AlreadyRunning):
                await self.stop()
            if isinstance(error, OSError):
                raise disk.told_by(error, self.data) from error
            raise

    async def stop(self) -> None:
        """A fast shutdown: open transactions roll back, the rest is on disk. Waits, at most 50 seconds."""
        if self._server is not None:
            await leftovers.shut_down(self._server.process)
            self._server.close()
            self._server = None
        self._runtime.remove()
        self._lock.release()

    async def failed(self) -> EmbeddedPostgresError:
        """Waits as long as the server runs, then tells why it ended. Cancel it before ``stop``."""
        if self._server is None:
            raise RuntimeError("the embedded database is not started")
        await self._server.result()
        return failures.explain(self._log.tail(), self._cluster.folder)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _take_lock(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._lock.acquire_from_the_living():
            raise AlreadyRunning(self.data, next(iter(holder(self._lock.path)), 0))

    async def _start(self) -> None:
        await leftovers.end_leftovers(self._server_lock, self._cluster.folder)
        account = account_for(self._cluster.folder)
        self._runtime.remove_leftover(account)
        disk.check(self.data, new=not self._cluster.exists)
        self._log.begin()
        runtime = self._runtime.make(account)
        installation = Installation(_reachable_binaries(account, runtime), account, self._server_lock, self._log)
        if not self._cluster.exists:
            await installation.initialise(self._cluster, runtime)
        self._cluster.check()
        self._server = await installation.serve(self._cluster, command_line(self._settings, runtime))


async def discard(data: Path) -> None:
    """Delete a data folder for good, with all that still runs on it. Raises AlreadyRunning where it is in use."""
    with FileLock(data / "supervisor.lock") as lock:
        if not lock.acquire():
            raise AlreadyRunning(data, next(iter(holder(lock.path)), 0))
        cluster = Cluster(data).folder
        await leftovers.end_leftovers(data / "server.lock", cluster)
        RuntimeFolder(data / "runtime").remove_leftover(account_for(cluster))
        shutil.rmtree(data)


def _reachable_binaries(account: Account, runtime: Path) -> binaries.Binaries:
    """Those of the wheel; a copy where the server's user could not reach them, in a closed home."""
    found = binaries.locate()
    if not account.differs or found.usable_by_others():
        return found
    return found.copied_to(runtime / "programs")
