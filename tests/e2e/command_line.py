"""The command line as its users run it: real processes, a real data folder."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LIMIT_SECONDS = 180


def free_port(following: int = 0) -> int:
    """A port that nobody has, nor those ``following`` it."""
    while True:
        with ExitStack() as probes:
            probe = probes.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            with suppress(OSError, OverflowError):
                for next_one in range(port + 1, port + 1 + following):
                    probes.enter_context(socket.socket()).bind(("127.0.0.1", next_one))
                return port


@dataclass(frozen=True)
class Place:
    """The PORT and DATA that every command is given, and more of its environment."""

    port: int
    data: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        return os.environ | {"PORT": str(self.port), "DATA": str(self.data), "SEASON": "0"} | dict(self.more)


async def command(place: Place, *words: str) -> tuple[int, str, str]:
    """(status, output, errors) of one that ends by itself."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services", *words, env=place.environment(), stdout=pipe, stderr=pipe
    )
    output, errors = await asyncio.wait_for(process.communicate(), LIMIT_SECONDS)
    return process.returncode or 0, output.decode(), errors.decode()


@asynccontextmanager
async def serving(place: Place, *words: str, errors: IO[bytes] | None = None) -> AsyncIterator[Process]:
    """A command that serves, from its ready line on; killed at the end if it still runs. ``errors`` takes its log."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services", *words, env=place.environment(), stdout=asyncio.subprocess.PIPE, stderr=errors
    )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), LIMIT_SECONDS)
        assert line.startswith(b"ready http://"), line
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def end(process: Process, number: signal.Signals) -> int:
    process.send_signal(number)
    return await asyncio.wait_for(process.wait(), LIMIT_SECONDS)
