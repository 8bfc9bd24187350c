"""The user the server runs as, and the short private folder where it listens."""

import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from shared.embedded.binaries import open_to_others
from shared.embedded.errors import NotPermitted

PREFIX = "jingzhun-postgres-"
PORT = 5432
LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int

    @property
    def differs(self) -> bool:
        return self.uid != os.geteuid()

    def own(self, path: Path) -> None:
        if self.differs:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(cluster: Path) -> Account:
    """Ourselves; as root the owner of the cluster, or nobody for a new one: PostgreSQL refuses to run as root."""
    uid = os.geteuid()
    if uid == 0:
        owner = cluster.stat().st_uid if cluster.exists() else 0
        uid = owner or _nobody()
    elif cluster.exists() and cluster.stat().st_uid != uid:
        raise _owned_by_another(cluster)
    try:
        return Account(uid, pwd.getpwuid(uid).pw_gid)
    except KeyError:
        raise _no_account(uid) from None


def make_runtime_folder(account: Account) -> Path:
    """A folder of mode 700 with a path short enough for a socket (at most 107 bytes), wherever the data lie."""
    for base in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108 - made private by mkdtemp
        if _suits(Path(base), account):
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
            account.own(folder)
            return folder
    raise NotPermitted(
        "找不到可用的临时目录（/tmp 或 /var/tmp），数据库无法建立本地连接。请检查 TMPDIR 及其权限。",
        "No usable temporary folder (/tmp or /var/tmp) for the database's socket. Check TMPDIR and its permissions.",
    )


def remove_runtime_folder(folder: Path, account: Account) -> None:
    """Removes only what ``make_runtime_folder`` made, for one of the two users it could be made for."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return
    ours = folder.name.startswith(PREFIX) and found.st_uid in {os.geteuid(), account.uid}
    if ours and stat.S_ISDIR(found.st_mode):
        shutil.rmtree(folder)


def _suits(base: Path, account: Account) -> bool:
    longest = len(os.fsencode(base / f"{PREFIX}12345678" / f".s.PGSQL.{PORT}.lock"))
    if longest > LONGEST_SOCKET_PATH or not os.access(base, os.W_OK | os.X_OK):
        return False
    runs_programs = not os.statvfs(base).f_flag & os.ST_NOEXEC
    return not account.differs or (runs_programs and open_to_others(base))


def _nobody() -> int:
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        return 65534


def _owned_by_another(cluster: Path) -> NotPermitted:
    owner = cluster.stat().st_uid
    return NotPermitted(
        f"数据库目录 {cluster} 属于另一个用户（uid {owner}）。请用当初的用户（或 root）启动，或换一个数据目录。",
        f"The database in {cluster} belongs to another user (uid {owner}). Start as that user or as root, "
        "or choose another data folder.",
    )


def _no_account(uid: int) -> NotPermitted:
    return NotPermitted(
        f"系统中没有 uid 为 {uid} 的用户，PostgreSQL 无法运行。请在 /etc/passwd 中登记该用户，或换一个用户启动。",
        f"No user of this system has the uid {uid}, which PostgreSQL needs. Add it to /etc/passwd, "
        "or start as another user.",
    )
