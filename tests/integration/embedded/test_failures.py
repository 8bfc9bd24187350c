"""What keeps the server from running is named, in both languages; nothing is deleted, nothing left running."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from shared.embedded import BrokenCluster, DiskFull, EmbeddedPostgres, EmbeddedPostgresError, StartFailed, disk
from shared.embedded.locks import is_free
from tests.integration.embedded.helpers import as_root, query, remember, remembered


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(folder: Path, leaving: int) -> Path:
    filler = folder / "filler"
    with filler.open("wb") as file:
        for _ in range(max(0, disk.free(folder) - leaving) // 2**16):
            file.write(bytes(2**16))
    return filler


async def refused(data: Path, **settings: str) -> EmbeddedPostgresError:
    with pytest.raises(EmbeddedPostgresError) as refusal:
        await EmbeddedPostgres(data, settings=settings).start()
    assert is_free(data / "supervisor.lock")
    assert is_free(data / "server.lock")
    assert refusal.value.zh
    assert refusal.value.en
    return refusal.value


@as_root
async def test_a_disk_too_small_is_refused_before_anything_is_written(small_disk: Path) -> None:
    fill(small_disk, leaving=disk.ROOM_FOR_NEW // 2)
    error = await refused(small_disk / "data")
    assert isinstance(error, DiskFull)
    assert "256 MiB" in error.zh
    assert not (small_disk / "data" / "cluster").exists()


@as_root
@pytest.mark.parametrize("left", [0, 2**16, 20 * 2**20])
async def test_a_disk_that_fills_while_the_cluster_is_made(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    monkeypatch.setattr(disk, "ROOM_FOR_NEW", 0)
    filler = fill(small_disk, leaving=left)
    assert isinstance(await refused(small_disk / "data"), DiskFull)
    filler.unlink()
    async with EmbeddedPostgres(small_disk / "data") as server:
        assert await query(server.dsn("postgres"), "SELECT 1") == 1


@as_root
async def test_a_disk_that_fills_while_the_server_runs_loses_nothing_committed(small_disk: Path) -> None:
    data = small_disk / "data"
    async with EmbeddedPostgres(data) as server:
        await remember(server, "kept")
        filler = fill(small_disk, leaving=2**20)
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            await query(server.dsn("postgres"), "CREATE TABLE ballast AS SELECT * FROM generate_series(1, 1000000)")
    assert isinstance(await refused(data), DiskFull)
    filler.unlink()
    async with EmbeddedPostgres(data) as server:
        assert await remembered(server) == "kept"


async def test_another_version_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path):
        pass
    version = tmp_path / "cluster" / "PG_VERSION"
    version.write_text("16\n")
    error = await refused(tmp_path)
    assert isinstance(error, BrokenCluster)
    assert "PostgreSQL 16" in error.zh
    version.write_text("18\n")
    async with EmbeddedPostgres(tmp_path) as server:
        assert await query(server.dsn("postgres"), "SELECT 1") == 1


@pytest.mark.parametrize("damage", ["missing", "overwritten"])
async def test_a_damaged_cluster_is_called_damaged(tmp_path: Path, damage: str) -> None:
    async with EmbeddedPostgres(tmp_path):
        pass
    control = tmp_path / "cluster" / "global" / "pg_control"
    if damage == "missing":
        control.unlink()
    else:
        control.write_bytes(bytes(8192))
    assert isinstance(await refused(tmp_path), BrokenCluster)


async def test_a_folder_that_is_no_cluster_is_not_touched(tmp_path: Path) -> None:
    precious = tmp_path / "cluster" / "precious"
    precious.parent.mkdir()
    precious.write_text("kept")
    assert isinstance(await refused(tmp_path), BrokenCluster)
    assert precious.read_text() == "kept"


async def test_a_lost_password_file_is_named(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path):
        pass
    (tmp_path / "password").unlink()
    error = await refused(tmp_path)
    assert isinstance(error, BrokenCluster)
    assert "password" in error.en


async def test_a_server_that_does_not_start_shows_its_last_words(tmp_path: Path) -> None:
    error = await refused(tmp_path, shared_buffers="much")
    assert isinstance(error, StartFailed)
    assert "shared_buffers" in error.log
    assert all(error.log in text for text in (error.zh, error.en, str(error)))
