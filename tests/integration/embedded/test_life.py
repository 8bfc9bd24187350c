"""The embedded server as everybody meets it: started, used, stopped, started again."""

import os
import stat
from pathlib import Path

import asyncpg
import pytest

from shared.embedded import AlreadyRunning, EmbeddedPostgres
from shared.embedded.log import LARGEST_BYTES
from tests.integration.embedded.helpers import ended, query, remember, remembered


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_starts_fresh_and_stops_without_a_trace(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres")
    await server.start()
    pid, sockets = server.pid, server.sockets
    assert pid is not None
    assert os.getsid(pid) == pid, "Ctrl-C in the terminal would reach it"
    assert mode(sockets) == 0o700
    assert mode(tmp_path / "postgres" / "password") == 0o600
    assert await query(server.dsn("postgres"), "SHOW data_checksums") == "on"
    await server.stop()
    assert server.pid is None
    assert await ended(pid)
    assert not sockets.exists()


async def test_keeps_what_was_committed(tmp_path: Path) -> None:
    for word in ("first", "second"):
        async with EmbeddedPostgres(tmp_path) as server:
            await remember(server, word)
    async with EmbeddedPostgres(tmp_path) as server:
        assert await remembered(server) == "first second"


async def test_a_server_can_be_started_again_after_it_was_stopped(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    for _ in range(2):
        await server.start()
        assert await query(server.dsn("postgres"), "SELECT 1") == 1
        await server.stop()


async def test_stops_although_a_session_is_open(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        connection = await asyncpg.connect(server.dsn("postgres"))
        await connection.execute("BEGIN")
    connection.terminate()


async def test_is_durable_and_speaks_unicode(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        for name, value in {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "server_encoding": "UTF8",
            "listen_addresses": "",
            "TimeZone": "UTC",
        }.items():
            assert await query(server.dsn("postgres"), f"SHOW {name}") == value
        assert await query(server.dsn("postgres"), "SELECT lower('ÉÄ') || upper('家庭ß')") == "éä家庭ß"


async def test_settings_go_before_ours_but_it_never_listens_on_the_network(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path, settings={"work_mem": "5MB", "listen_addresses": "*"}) as server:
        assert await query(server.dsn("postgres"), "SHOW work_mem") == "5MB"
        assert await query(server.dsn("postgres"), "SHOW listen_addresses") == ""


async def test_roles_cannot_pass_for_each_other(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        await query(server.dsn("postgres"), "CREATE ROLE households LOGIN PASSWORD 'one/@:two'")
        own = server.dsn("postgres", "households", "one/@:two")
        assert await query(own, "SELECT current_user") == "households"
        for wrong in (
            server.dsn("postgres", "households", "guess"),
            server.dsn("postgres", "households"),
            server.dsn("postgres", "postgres", "one/@:two"),
        ):
            with pytest.raises(asyncpg.InvalidPasswordError):
                await query(wrong, "SELECT 1")


async def test_one_data_folder_has_one_server(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        with pytest.raises(AlreadyRunning) as refusal:
            await EmbeddedPostgres(tmp_path).start()
        assert refusal.value.pid == os.getpid()
        assert str(os.getpid()) in refusal.value.zh
        assert await query(server.dsn("postgres"), "SELECT 1") == 1


async def test_a_deep_data_folder_is_no_trouble(tmp_path: Path) -> None:
    data = tmp_path / ("户" * 50) / "数据 & more" / ("x" * 60)
    assert len(os.fsencode(data)) > 200
    async with EmbeddedPostgres(data) as server:
        assert await query(server.dsn("postgres"), "SELECT 1") == 1


async def test_the_log_takes_no_values_and_does_not_grow_without_bound(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    log.write_bytes(b"x" * (LARGEST_BYTES + 1))
    async with EmbeddedPostgres(tmp_path) as server:
        dsn = server.dsn("postgres")
        await query(dsn, "CREATE TABLE household (id_number text PRIMARY KEY)")
        await query(dsn, "INSERT INTO household VALUES ('11010519491231002X')")
        with pytest.raises(asyncpg.UniqueViolationError):
            await query(dsn, "INSERT INTO household VALUES ('11010519491231002X')")
        with pytest.raises(asyncpg.DataError):
            await query(dsn, "SELECT '11010519491231002X'::date")
    assert "11010519491231002X" not in log.read_text()
    assert log.stat().st_size < LARGEST_BYTES
    assert (tmp_path / "postgres.log.1").exists()
