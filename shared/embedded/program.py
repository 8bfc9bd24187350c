"""Runs one program of the server as its unprivileged user, in a session of its own: Ctrl-C passes it by."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.embedded import launch
from shared.embedded.account import Account
from shared.embedded.errors import AlreadyRunning, NotPermitted
from shared.embedded.locks import FileLock, holder
from shared.embedded.log import Log
from shared.embedded.processes import Process

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class Program:
    """A started program. Its parent must stay alive: the thread that starts it, too (see ``launch.end_with``)."""

    def __init__(self, account: Account, lock: Path, folder: Path, log: Log, command: Sequence[str | Path]) -> None:
        self._account = account
        launcher = [sys.executable, "-I", "-S", launch.__file__]
        with FileLock(lock) as held, log.open() as output:
            if not held.acquire():
                raise AlreadyRunning(lock.parent, next(iter(holder(lock)), 0))
            identity = [held.descriptor, os.getpid(), account.uid, account.gid, folder]
            self._popen = subprocess.Popen(  # noqa: S603 - our own programs and arguments
                [*launcher, *map(str, identity), *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=[held.descriptor],
                env=ENVIRONMENT,
            )
        self.process = Process(self._popen.pid)

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def running(self) -> bool:
        return self._popen.poll() is None

    async def result(self) -> int:
        """Its exit code, once it has ended. Raises NotPermitted when it could not change its user."""
        await self.process.ended(None)
        code = self._popen.wait()
        if code == launch.REFUSED:
            raise NotPermitted(
                f"无法以普通用户（uid {self._account.uid}）运行数据库。"
                "请不要限制 root 切换用户，或直接用普通用户启动。",
                f"The database cannot be run as an ordinary user (uid {self._account.uid}). Let root change its "
                "user (setuid), or start as an ordinary user.",
            )
        return code

    def close(self) -> None:
        """Only after it has ended."""
        self._popen.wait()
        self.process.close()
