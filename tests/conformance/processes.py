"""Starting, killing and stopping workers in processes of their own."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from tests.conformance.worker import Assignment

PROJECT = Path(__file__).parents[2]


class Worker:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ready(self) -> None:
        if self._process.stdout is None or await self._process.stdout.readline() != b"ready\n":
            raise RuntimeError("the worker did not start")

    async def died(self) -> None:
        """Wait for the worker's own SIGKILL."""
        async with asyncio.timeout(60):
            await self._process.communicate()
        assert self._process.returncode == -signal.SIGKILL

    def stopped(self) -> bool:
        """Whether it has sent itself SIGSTOP."""
        return Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def resume(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.communicate()

    async def stop(self) -> None:
        """Ask it to end; it does so gracefully."""
        self._process.terminate()
        async with asyncio.timeout(15):
            await self._process.communicate()
        assert self._process.returncode == 0


@asynccontextmanager
async def worker(assignment: Assignment) -> AsyncIterator[Worker]:
    """Started, ready, and surely gone after the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.conformance.worker",
        json.dumps(asdict(assignment)),
        cwd=PROJECT,
        stdout=asyncio.subprocess.PIPE,
    )
    started = Worker(process)
    try:
        await started.ready()
        yield started
    finally:
        await started.kill()
