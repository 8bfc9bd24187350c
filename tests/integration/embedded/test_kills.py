"""Everything that can be killed is killed; the next start on the same folder recovers what was committed."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from shared.embedded import AlreadyRunning, EmbeddedPostgres, StartFailed, discard, leftovers
from shared.embedded.locks import is_free
from tests.integration.embedded.helpers import PROJECT, SUPERVISE, ended, query, remember, remembered, supervised


@pytest.fixture
def strangers() -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Processes that have nothing to do with the server: one of ours, and as root one of the server's own user."""
    users = [None, "nobody"] if os.geteuid() == 0 else [None]
    processes = [subprocess.Popen(["sleep", "600"], user=user) for user in users]
    yield processes
    for process in processes:
        process.kill()
        process.wait()


async def test_a_killed_server_is_noticed_and_recovers(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    await server.start()
    await remember(server, "kept")
    watch = asyncio.create_task(server.failed())
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    assert isinstance(await watch, StartFailed)
    await server.stop()
    async with EmbeddedPostgres(tmp_path) as again:
        assert await remembered(again) == "kept"


async def test_the_server_ends_with_a_killed_supervisor(tmp_path: Path) -> None:
    async with supervised(tmp_path) as supervisor:
        await query(supervisor.facts["dsn"], "CREATE TABLE memory AS SELECT 'kept' AS word")
        await supervisor.kill()
        assert await ended(supervisor.facts["server"])
    async with EmbeddedPostgres(tmp_path) as server:
        assert await remembered(server) == "kept"


async def test_a_server_that_survives_its_supervisor_is_shut_down_by_the_next(tmp_path: Path) -> None:
    async with supervised(tmp_path) as supervisor:
        pid = supervisor.facts["server"]
        await query(supervisor.facts["dsn"], "CREATE TABLE memory AS SELECT 'kept' AS word")
        os.kill(pid, signal.SIGSTOP)
        await supervisor.kill()
    server = EmbeddedPostgres(tmp_path)
    starting = asyncio.create_task(server.start())
    await asyncio.sleep(0)
    os.kill(pid, signal.SIGCONT)
    await starting
    assert await remembered(server) == "kept"
    await server.stop()


async def test_a_server_that_does_not_answer_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "SHUTDOWN", ((signal.SIGINT, 0.1), (signal.SIGQUIT, 0.1), (signal.SIGKILL, 10)))
    async with supervised(tmp_path) as supervisor:
        await query(supervisor.facts["dsn"], "CREATE TABLE memory AS SELECT 'kept' AS word")
        os.kill(supervisor.facts["server"], signal.SIGSTOP)
        await supervisor.kill()
    async with EmbeddedPostgres(tmp_path) as server:
        assert await remembered(server) == "kept"


async def test_recovers_when_server_and_supervisor_are_killed_together(tmp_path: Path) -> None:
    async with supervised(tmp_path) as supervisor:
        await query(supervisor.facts["dsn"], "CREATE TABLE memory AS SELECT 'kept' AS word")
        os.kill(supervisor.facts["server"], signal.SIGKILL)
        await supervisor.kill()
    left = sockets_of(tmp_path)
    assert left
    async with EmbeddedPostgres(tmp_path) as server:
        assert await remembered(server) == "kept"
        assert not left & sockets_of(tmp_path)
        assert not await asyncio.to_thread(next(iter(left)).exists)


async def test_a_session_still_computing_for_a_killed_server_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "ORPHAN_SECONDS", 1.0)
    server = EmbeddedPostgres(tmp_path)
    await server.start()
    connection = await asyncpg.connect(server.dsn("postgres"))
    orphan = connection.get_server_pid()
    computing = asyncio.create_task(connection.execute("SELECT count(*) FROM generate_series(1, 1e12)"))
    await until(server, f"SELECT state = 'active' FROM pg_stat_activity WHERE pid = {orphan}")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    await server.stop()
    assert not is_free(tmp_path / "server.lock"), "the session should still be at work"
    async with EmbeddedPostgres(tmp_path) as again:
        assert await query(again.dsn("postgres"), "SELECT 1") == 1
    assert await ended(orphan)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await computing


def sockets_of(data: Path) -> set[Path]:
    noted = Path((data / "runtime").read_text())
    return set(noted.glob(".s.PGSQL.*"))


async def until(server: EmbeddedPostgres, sql: str) -> None:
    while not await query(server.dsn("postgres"), sql):  # noqa: ASYNC110 - another process's state
        await asyncio.sleep(0.01)


async def appears(path: Path) -> None:
    while not path.exists():  # noqa: ASYNC110, ASYNC240 - another process makes it
        await asyncio.sleep(0.001)


async def test_a_stranger_with_a_recycled_pid_is_left_alone(
    tmp_path: Path, strangers: list["subprocess.Popen[bytes]"]
) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        await remember(server, "kept")
        note = (tmp_path / "cluster" / "postmaster.pid").read_text()
    for stranger in strangers:
        (tmp_path / "cluster" / "postmaster.pid").write_text(note.replace(note.split()[0], str(stranger.pid), 1))
        (tmp_path / "server.lock").write_text(f"{stranger.pid} 1")
        (tmp_path / "supervisor.lock").write_text(str(stranger.pid))
        async with EmbeddedPostgres(tmp_path) as server:
            assert await remembered(server) == "kept"
        assert stranger.poll() is None


async def test_starts_at_once_leave_one_winner(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys; from pathlib import Path; from shared.embedded import *\n"
        "async def main():\n"
        "    try:\n"
        "        async with EmbeddedPostgres(Path(sys.argv[1])): print('started', flush=True); sys.stdin.read()\n"
        "    except AlreadyRunning: print('refused', flush=True)\n"
        "asyncio.run(main())"
    )
    pipe = asyncio.subprocess.PIPE
    rivals = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, str(tmp_path), stdin=pipe, stdout=pipe)
        for _ in range(4)
    ]
    told = [await rival.stdout.readline() for rival in rivals if rival.stdout is not None]
    for rival in rivals:
        await rival.communicate(b"")
    assert sorted(told) == [b"refused\n"] * 3 + [b"started\n"]


async def test_an_interrupted_initialisation_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "cluster.new").mkdir()
    (tmp_path / "cluster.new" / "PG_VERSION").write_text("18")
    async with EmbeddedPostgres(tmp_path) as server:
        assert await query(server.dsn("postgres"), "SELECT 1") == 1
    assert not (tmp_path / "cluster.new").exists()


@pytest.mark.parametrize("stage", ["server.lock", "cluster.new/PG_VERSION", "cluster.new/global/pg_control", "cluster"])
async def test_a_supervisor_killed_at_any_stage_of_the_first_start(tmp_path: Path, stage: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(SUPERVISE), str(tmp_path), stdin=asyncio.subprocess.PIPE, env={"PYTHONPATH": str(PROJECT)}
    )
    await appears(tmp_path / stage)
    process.kill()
    await process.communicate()
    async with EmbeddedPostgres(tmp_path) as server:
        assert await query(server.dsn("postgres"), "SELECT 1") == 1


async def test_a_cancelled_start_leaves_nothing_running(tmp_path: Path) -> None:
    starting = asyncio.create_task(EmbeddedPostgres(tmp_path).start())
    await appears(tmp_path / "cluster.new")
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert is_free(tmp_path / "server.lock")
    assert not (tmp_path / "cluster.new").exists()
    async with EmbeddedPostgres(tmp_path) as server:
        assert await query(server.dsn("postgres"), "SELECT 1") == 1


async def test_a_folder_in_use_is_not_discarded(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with EmbeddedPostgres(data):
        with pytest.raises(AlreadyRunning):
            await discard(data)
    await discard(data)
    assert not data.exists()
