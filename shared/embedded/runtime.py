"""The short private folder where the server listens, wherever its data lie: a socket's path has 107 bytes at most."""

import os
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

from shared.embedded.account import Account
from shared.embedded.binaries import open_to_others
from shared.embedded.errors import NotPermitted

PREFIX = "jingzhun-postgres-"
PORT = 5432
LONGEST_SOCKET_PATH = 107


class RuntimeFolder:
    """A note in the data folder names it, so that the next start removes what a killed run left."""

    def __init__(self, note: Path) -> None:
        self._note = note
        self._path: Path | None = None

    @property
    def path(self) -> Path:
        if self._path is None:
            raise RuntimeError("the embedded database is not started")
        return self._path

    def make(self, account: Account) -> Path:
        """Mode 700, owned by the server's user."""
        self.remove_leftover(account)
        path = _base(account) / f"{PREFIX}{secrets.token_hex(4)}"
        self._note.write_text(str(path))
        path.mkdir(mode=0o700)
        self._path = path
        account.own(self._path)
        return self._path

    def remove(self) -> None:
        if self._path is not None:
            shutil.rmtree(self._path, ignore_errors=True)
            self._note.unlink(missing_ok=True)
            self._path = None

    def remove_leftover(self, account: Account) -> None:
        """Only what ``make`` made, for one of the users it could be made for."""
        if not self._note.exists():
            return
        noted = Path(self._note.read_text() or PREFIX)
        if noted.name.startswith(PREFIX) and noted.is_absolute() and noted.exists():
            found = noted.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid in {os.geteuid(), account.uid}:
                shutil.rmtree(noted)
        self._note.unlink()


def _base(account: Account) -> Path:
    for name in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108 - a private folder is made there
        if _suits(Path(name), account):
            return Path(name)
    raise NotPermitted(
        "找不到可用的临时目录（/tmp 或 /var/tmp），数据库无法建立本地连接。请检查 TMPDIR 及其权限。",
        "No usable temporary folder (/tmp or /var/tmp) for the database's socket. Check TMPDIR and its permissions.",
    )


def _suits(base: Path, account: Account) -> bool:
    longest = len(os.fsencode(base / f"{PREFIX}12345678" / f".s.PGSQL.{PORT}.lock"))
    if longest > LONGEST_SOCKET_PATH or not os.access(base, os.W_OK | os.X_OK):
        return False
    runs_programs = not os.statvfs(base).f_flag & os.ST_NOEXEC
    return not account.differs or (runs_programs and open_to_others(base))
