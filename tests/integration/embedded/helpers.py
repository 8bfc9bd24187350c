"""What the tests of the embedded server share."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from shared.embedded import EmbeddedPostgres
from shared.embedded.processes import Process

PROJECT = Path(__file__).parents[3]
SUPERVISE = Path(__file__).with_name("supervise.py")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount and change users")


async def query(dsn: str, sql: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def remember(server: EmbeddedPostgres, *words: str) -> None:
    await query(server.dsn("postgres"), "CREATE TABLE IF NOT EXISTS memory (word text)")
    for word in words:
        await query(server.dsn("postgres"), f"INSERT INTO memory VALUES ('{word}')")


async def remembered(server: EmbeddedPostgres) -> str:
    return str(await query(server.dsn("postgres"), "SELECT string_agg(word, ' ' ORDER BY word) FROM memory"))


async def ended(pid: int, seconds: float = 20) -> bool:
    """Whether a process ends in that time; one that has already ended, has."""
    with suppress(ProcessLookupError), Process(pid) as process:
        return await process.ended(seconds)
    return True


class Supervisor:
    """A supervising process started by a test."""

    def __init__(self, process: asyncio.subprocess.Process, facts: dict[str, Any]) -> None:
        self.process = process
        self.facts = facts

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def supervised(
    data: Path, command: Sequence[str] = (sys.executable,), path: Sequence[Path] = (PROJECT,)
) -> AsyncIterator[Supervisor]:
    process = await asyncio.create_subprocess_exec(
        *command,
        str(SUPERVISE),
        str(data),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(map(str, path)), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Supervisor(process, json.loads(await process.stdout.readline()))
    finally:
        process.stdin.close()
        await process.wait()
