"""Ends what an earlier supervisor left behind when it was killed. Called with the supervisor's lock held."""

import asyncio
import signal
import time
from pathlib import Path

from shared.embedded import locks, processes
from shared.embedded.errors import AlreadyRunning

SHUTDOWN = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
ORPHANS = (signal.SIGQUIT, signal.SIGKILL)
ORPHAN_SECONDS = 5.0
POLL_SECONDS = 0.02


async def end_leftovers(server_lock: Path, cluster: Path) -> None:
    """Returns when no process of an earlier server is left, and no stale pid file can stand in a new one's way.

    Raises AlreadyRunning when one stays, or when a server runs here that we did not start.
    """
    if not locks.is_free(server_lock):
        await _end_server(server_lock)
        await _end_orphans(server_lock, cluster)
    if intruder := next(processes.working_in(cluster), None):
        raise AlreadyRunning(cluster, intruder)
    _remove_stale_pid_file(cluster)


async def _end_server(server_lock: Path) -> None:
    written = locks.holder(server_lock)
    server = processes.find(*written) if len(written) == 2 else None
    if server is not None:
        with server:
            await shut_down(server)


async def shut_down(server: processes.Process) -> None:
    """A fast shutdown; where it takes too long an immediate one, after which the next start recovers."""
    for number, seconds in SHUTDOWN:
        server.signal(number)
        if await server.ended(seconds):
            return


async def _end_orphans(server_lock: Path, cluster: Path) -> None:
    """Sessions that outlive a killed server end by themselves, except those busy computing: they are ended here."""
    if await _freed(server_lock, ORPHAN_SECONDS):
        return
    for number in ORPHANS:
        for pid in processes.working_in(cluster):
            _signal_orphan(pid, number, cluster)
        if await _freed(server_lock, ORPHAN_SECONDS):
            return
    raise AlreadyRunning(cluster, next(processes.working_in(cluster), 0))


def _signal_orphan(pid: int, number: signal.Signals, cluster: Path) -> None:
    try:
        with processes.Process(pid) as orphan:
            if pid in processes.working_in(cluster):
                orphan.signal(number)
    except ProcessLookupError:
        return


async def _freed(lock: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not locks.is_free(lock):
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(POLL_SECONDS)
    return True


def _remove_stale_pid_file(cluster: Path) -> None:
    """PostgreSQL refuses to start while any live process of its user has the pid written there, whoever it is."""
    pid_file = cluster / "postmaster.pid"
    try:
        first = pid_file.read_text().partition("\n")[0].strip()
    except FileNotFoundError:
        return
    if not first.isdigit() or not processes.is_at_work(int(first), cluster):
        pid_file.unlink()
