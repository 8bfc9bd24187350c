"""Room on the disk, asked before the server needs it."""

import errno
import os
from pathlib import Path

from shared.embedded.errors import DiskFull, EmbeddedPostgresError, NotPermitted

ROOM_FOR_NEW = 256 * 2**20
ROOM_TO_START = 64 * 2**20
NEARLY_FULL = 17 * 2**20
"""One segment of the write-ahead log, 16 MiB, and a little."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
TOLD_BY_SERVER = ("No space left on device", "Disk quota exceeded", "wrote only ")


def check(folder: Path, *, new: bool) -> None:
    """Raises DiskFull where a new cluster, or an existing one, has too little room to begin with."""
    needed = ROOM_FOR_NEW if new else ROOM_TO_START
    if free(folder) < needed:
        raise DiskFull(folder, needed, free(folder))


def free(folder: Path) -> int:
    """Bytes an ordinary user may still write."""
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def found_full(folder: Path, log: str) -> DiskFull | None:
    """After a failure: was it the disk? A full one often cannot even take the log line that says so."""
    if free(folder) < NEARLY_FULL or any(text in log for text in TOLD_BY_SERVER):
        return DiskFull(folder, ROOM_TO_START, free(folder))
    return None


def told_by(error: OSError, folder: Path) -> EmbeddedPostgresError:
    """The operating system's refusal, in words."""
    path = Path(os.fsdecode(error.filename)) if error.filename else folder
    if error.errno in FULL:
        nearest = next(parent for parent in (path, *path.parents) if parent.exists())
        return DiskFull(nearest, ROOM_TO_START, free(nearest))
    if isinstance(error, PermissionError):
        return NotPermitted(
            f"没有权限读写 {path}。请用当初创建该数据目录的用户启动，或换一个数据目录。",
            f"No permission to read or write {path}. Start as the user who created this data folder, "
            "or choose another.",
        )
    return NotPermitted(
        f"操作系统拒绝了对 {path} 的操作：{error.strerror}。",
        f"The operating system refused work on {path}: {error.strerror}.",
    )
