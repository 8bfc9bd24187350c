"""Why the server ended, read from what it wrote."""

from pathlib import Path

from shared.embedded import disk
from shared.embedded.cluster import broken
from shared.embedded.errors import EmbeddedPostgresError, StartFailed

DAMAGE = (
    "could not locate a valid checkpoint record",
    "could not find redo location",
    "database files are incompatible with server",
    "incorrect checksum in control file",
    "is not a database cluster directory",
)


def explain(log: str, cluster: Path) -> EmbeddedPostgresError:
    """``log`` is what this run wrote; the causes a newcomer can remedy are named, any other is shown as it is."""
    full = disk.found_full(cluster.parent, log)
    damage = next((line for line in log.splitlines() if any(text in line for text in DAMAGE)), None)
    if damage is not None:
        return broken(cluster, f"服务器报告：{damage}", f"the server says: {damage}")
    return full or StartFailed("数据库服务器没有运行起来。", "The database server does not run.", log)
