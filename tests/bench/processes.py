"""What processes of this machine are and take, as the kernel tells it."""

import os
from pathlib import Path

MIB = 1024 * 1024
_PROCESSES = Path("/proc")


def resident_mib(pid: int) -> float:
    """Pages in memory, those shared with other processes among them: what the process would take alone."""
    return int((_PROCESSES / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MIB


def services_under(supervisor: int) -> dict[str, int]:
    """The pid of each service that the supervisor has started."""
    found = {}
    for pid in _children_of(supervisor):
        words = (_PROCESSES / str(pid) / "cmdline").read_text().split("\0")
        if "serve" in words:
            found[words[words.index("serve") + 1]] = pid
    return found


def _children_of(parent: int) -> list[int]:
    tasks = (_PROCESSES / str(parent) / "task").iterdir()
    return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
