"""The user the server runs as."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from shared.embedded.errors import NotPermitted


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
