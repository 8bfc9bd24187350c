"""The cluster: PostgreSQL's own folder inside the data folder. Made once, whole or not at all; then only checked."""

import os
import secrets
import shutil
from pathlib import Path

from shared.embedded.account import Account
from shared.embedded.binaries import MAJOR_VERSION
from shared.embedded.errors import BrokenCluster

SUPERUSER = "postgres"
INITDB_OPTIONS = (
    f"--username={SUPERUSER}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--auth=scram-sha-256",
)


class Cluster:
    def __init__(self, data: Path) -> None:
        self.folder = data / "cluster"
        self.unfinished = data / "cluster.new"
        self._password_file = data / "password"

    @property
    def exists(self) -> bool:
        return self.folder.exists()

    @property
    def password(self) -> str:
        """Of the superuser. Never leaves this machine: the server listens on a private socket only."""
        try:
            return self._password_file.read_text().strip()
        except FileNotFoundError:
            raise broken(
                self.folder, f"缺少密码文件 {self._password_file}", f"the file {self._password_file} is missing"
            ) from None

    def begin(self, account: Account) -> Path:
        """An empty folder for initdb; what an interrupted one left there is of no use and goes."""
        if self.unfinished.exists():
            shutil.rmtree(self.unfinished)
        self.unfinished.mkdir(mode=0o700)
        account.own(self.unfinished)
        if not self._password_file.exists():
            self._write_password()
        return self.unfinished

    def finish(self) -> None:
        """The cluster appears under its name only when it is whole."""
        self.unfinished.rename(self.folder)
        _synchronise(self.folder.parent)

    def abandon(self) -> None:
        shutil.rmtree(self.unfinished, ignore_errors=True)

    def check(self) -> None:
        """Raises BrokenCluster for another version's files, or files that are incomplete."""
        _ = self.password
        version_file = self.folder / "PG_VERSION"
        version = version_file.read_text().strip() if version_file.is_file() else ""
        if not version or not (self.folder / "global" / "pg_control").is_file():
            raise broken(self.folder, "文件不完整", "its files are incomplete")
        if version != MAJOR_VERSION:
            raise broken(
                self.folder,
                f"它由 PostgreSQL {version} 建立，本程序使用 {MAJOR_VERSION}",
                f"it was made by PostgreSQL {version}, this program brings {MAJOR_VERSION}",
            )

    def ready_server(self) -> int | None:
        """The pid of the server that says it is ready, as it writes into its own pid file."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        return int(lines[0]) if len(lines) > 7 and lines[7].strip() == "ready" else None

    def _write_password(self) -> None:
        new = self._password_file.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(32))
        _synchronise(new)
        new.rename(self._password_file)


def broken(folder: Path, zh: str, en: str) -> BrokenCluster:
    return BrokenCluster(
        f"数据库 {folder} 无法使用：{zh}。没有改动任何文件。请从备份恢复，或换一个数据目录。",
        f"The database in {folder} cannot be used: {en}. Nothing was changed. Restore a backup, "
        "or choose another data folder.",
    )


def _synchronise(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
