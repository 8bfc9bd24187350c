"""Runs the server's programs on one data folder: initdb once, then the server."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.embedded import failures, leftovers
from shared.embedded.account import Account
from shared.embedded.binaries import Binaries
from shared.embedded.cluster import INITDB_OPTIONS, Cluster
from shared.embedded.errors import StartFailed
from shared.embedded.log import Log
from shared.embedded.program import Program

START_SECONDS = 600.0
POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Installation:
    """The programs, the user they run as, and the lock every one of their processes holds."""

    binaries: Binaries
    account: Account
    lock: Path
    log: Log

    async def initialise(self, cluster: Cluster, runtime: Path) -> None:
        """Make the cluster, whole or not at all."""
        folder = cluster.begin(self.account)
        password = self._copy_of_password(cluster, runtime)
        initdb = self._launch(folder, [self.binaries.initdb, *INITDB_OPTIONS, f"--pwfile={password}"])
        try:
            if await initdb.result():
                raise failures.explain(self.log.tail(), cluster.folder)
        except BaseException:
            await leftovers.shut_down(initdb.process)
            cluster.abandon()
            raise
        finally:
            initdb.close()
            password.unlink()
        cluster.finish()

    async def serve(self, cluster: Cluster, options: Sequence[str]) -> Program:
        """The running server, once it accepts connections; a crash's recovery may take minutes."""
        server = self._launch(cluster.folder, [self.binaries.postgres, *options])
        try:
            await self._ready(server, cluster)
        except BaseException:
            await leftovers.shut_down(server.process)
            server.close()
            raise
        return server

    async def _ready(self, server: Program, cluster: Cluster) -> None:
        deadline = time.monotonic() + START_SECONDS
        while cluster.ready_server() != server.pid:
            if not server.running:
                await server.result()
                raise failures.explain(self.log.tail(), cluster.folder)
            if time.monotonic() > deadline:
                raise StartFailed(
                    "数据库服务器长时间没有就绪。", "The database server did not get ready.", self.log.tail()
                )
            await asyncio.sleep(POLL_SECONDS)

    def _launch(self, folder: Path, command: Sequence[str | Path]) -> Program:
        return Program(self.account, self.lock, folder, self.log, command)

    def _copy_of_password(self, cluster: Cluster, runtime: Path) -> Path:
        """For initdb, which runs as a user who may not read the data folder."""
        path = runtime / "password"
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(cluster.password)
        self.account.own(path)
        return path
