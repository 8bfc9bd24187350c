"""The processes that a supervisor runs, found and killed from outside."""

import signal
from collections.abc import Iterable
from pathlib import Path

from shared.embedded.processes import Process

LIMIT_SECONDS = 120


def members(supervisor: int, service: str | None = None) -> list[Process]:
    """All of them, the database's too, or those of one service."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                ours = int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == supervisor
                words = (entry / "cmdline").read_bytes().decode().split("\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if ours and words != [""] and (service is None or service in words):
                found.append(Process(int(entry.name)))
    return found


async def kill(processes: Iterable[Process]) -> None:
    for process in processes:
        with process:
            process.signal(signal.SIGKILL)
            assert await process.ended(LIMIT_SECONDS)
