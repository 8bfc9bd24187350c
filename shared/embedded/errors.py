"""What can keep the embedded database from running, said in Chinese and English to whoever started it."""

from pathlib import Path


class EmbeddedPostgresError(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh = zh
        self.en = en


class AlreadyRunning(EmbeddedPostgresError):
    """Another live process uses this data folder; ``pid`` is 0 where it cannot be told."""

    def __init__(self, data: Path, pid: int) -> None:
        who_zh, who_en = (f"进程 {pid} ", f"process {pid}") if pid else ("另一个进程", "another process")
        super().__init__(
            f"数据目录 {data} 正被{who_zh}使用。请先停止它，或换一个数据目录。",
            f"The data folder {data} is in use by {who_en}. Stop that one first, or choose another data folder.",
        )
        self.pid = pid


class DiskFull(EmbeddedPostgresError):
    """Too little room on the disk that holds ``folder``; ``needed`` and ``free`` are bytes."""

    def __init__(self, folder: Path, needed: int, free: int) -> None:
        needed_mib, free_mib = -(-needed // 2**20), free // 2**20
        super().__init__(
            f"磁盘空间不足：{folder} 所在磁盘剩余 {free_mib} MiB，至少需要 {needed_mib} MiB。请清理磁盘后重新启动。",
            f"The disk is full: {free_mib} MiB left where {folder} lies, at least {needed_mib} MiB needed. "
            "Free some space, then start again.",
        )
        self.needed = needed
        self.free = free


class NotPermitted(EmbeddedPostgresError):
    """The operating system refused something the database needs."""


class BrokenCluster(EmbeddedPostgresError):
    """The database's files are of another version, incomplete or damaged. Nothing is ever deleted or repaired."""


class StartFailed(EmbeddedPostgresError):
    """The server did not start, or ended by itself; ``log`` holds the last lines it wrote."""

    def __init__(self, zh: str, en: str, log: str) -> None:
        super().__init__(f"{zh}日志末尾：\n{log or '-'}", f"{en} The last lines of its log:\n{log or '-'}")
        self.args = (f"{zh}\n{en}\n{log}",)
        self.log = log
