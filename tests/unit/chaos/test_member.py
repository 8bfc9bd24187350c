"""A process that the rig keeps: hurt and brought back; and gone with the rig, however the rig ends."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from services.commands.processes import tether
from tests.chaos.member import Member

_MARKED = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).touch(); time.sleep(600)"
_PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-I", "-S", sys.argv[1], str(__import__("os").getpid()), "/bin/sleep", "600"])
print(child.pid, flush=True)
time.sleep(600)
"""
LIMIT_SECONDS = 30


@pytest_asyncio.fixture(loop_scope="session")
async def member(tmp_path: Path) -> AsyncIterator[Member]:
    """Ready when it has touched its file, which the question removes."""
    mark = tmp_path / "mark"

    async def ready() -> bool:
        found = mark.exists()
        mark.unlink(missing_ok=True)
        return found

    kept = Member("sleeper", [sys.executable, "-c", _MARKED, mark], {}, ready, tmp_path / "log")
    kept.start()
    async with asyncio.timeout(LIMIT_SECONDS):
        await kept.answers()
    yield kept
    await kept.stop()


async def test_a_killed_member_comes_back_and_its_recovery_is_measured(member: Member) -> None:
    assert member.kill()
    assert not member.is_ready
    async with asyncio.timeout(LIMIT_SECONDS):
        await member.answers()
    assert (member.suffered.kills, member.suffered.falls, len(member.suffered.recoveries)) == (1, 0, 1)


async def test_a_paused_member_is_stopped_for_a_while_and_lives_on(member: Member) -> None:
    await asyncio.gather(member.pause(0.05), member.starve(0.05))
    assert member.is_ready
    assert member.alive
    assert (member.suffered.pauses, member.suffered.starvations) == (1, 1)


async def test_a_child_dies_with_a_parent_that_is_killed() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PARENT, tether.__file__, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    child = os.pidfd_open(int(await asyncio.wait_for(parent.stdout.readline(), LIMIT_SECONDS)))
    gone = asyncio.Event()
    asyncio.get_running_loop().add_reader(child, gone.set)
    try:
        parent.send_signal(signal.SIGKILL)
        await parent.wait()
        await asyncio.wait_for(gone.wait(), LIMIT_SECONDS)
    finally:
        asyncio.get_running_loop().remove_reader(child)
        os.close(child)
