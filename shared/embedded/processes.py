"""Processes named without doubt. A descriptor holds on to one process, so a recycled pid is never signalled."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

DEAD = frozenset("ZX")
"""States of a process that has ended, though nobody has taken note of it yet."""


class Process:
    """One process, by a descriptor. ``started`` is in clock ticks since boot, as the kernel tells it."""

    def __init__(self, pid: int) -> None:
        """Raises ProcessLookupError when there is none."""
        self.pid = pid
        self._descriptor = os.pidfd_open(pid)

    @property
    def started(self) -> int:
        return int(_stat(self.pid)[1][19])

    def signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._descriptor, number)

    async def ended(self, seconds: float | None) -> bool:
        """Wait until it has ended, at most so long."""
        loop = asyncio.get_running_loop()
        end = asyncio.Event()
        watched = os.dup(self._descriptor)  # a loop takes one reader a descriptor, and several may wait
        loop.add_reader(watched, end.set)
        try:
            async with asyncio.timeout(seconds):
                await end.wait()
        except TimeoutError:
            return False
        finally:
            loop.remove_reader(watched)
            os.close(watched)
        return True

    def close(self) -> None:
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def find(pid: int, started: int) -> Process | None:
    """That very process if it still lives, not a later one with its pid. The caller closes it."""
    try:
        process = Process(pid)
    except (ProcessLookupError, OSError):
        return None
    with contextlib.suppress(OSError):
        if process.started == started and _stat(pid)[1][0] not in DEAD:
            return process
    process.close()
    return None


def working_in(folder: Path) -> Iterator[int]:
    """Pids of PostgreSQL's processes whose working directory is this folder, as far as we may see."""
    if not folder.exists():
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if _stat(int(entry.name))[0] == "postgres" and (entry / "cwd").samefile(folder):
                    yield int(entry.name)


def is_at_work(pid: int, folder: Path) -> bool:
    """Whether this may be PostgreSQL at work in this folder: not where certainly dead, or somebody else's."""
    try:
        name, fields = _stat(pid)
        return name == "postgres" and fields[0] not in DEAD and Path(f"/proc/{pid}/cwd").samefile(folder)
    except PermissionError:
        return True
    except OSError:
        return False


def _stat(pid: int) -> tuple[str, list[str]]:
    """The process's name, and the fields from its state on."""
    before, _, after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    return before.partition("(")[2], after.split()
