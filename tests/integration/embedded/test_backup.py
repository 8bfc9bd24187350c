"""Backups that are refused, and broken ones that are never restored."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from services.wiring import backup as backing_up
from services.wiring.backup import backup, restore
from services.wiring.backup_manifest import BackupRefused
from services.wiring.databases import BUS
from services.wiring.migration import ALL, migrate_all
from services.wiring.sandbox import NothingHere, settle_kind
from services.wiring.servers import EMBEDDED
from services.wiring.system import databases_of
from shared.embedded import BrokenCluster, EmbeddedPostgres, discard
from shared.embedded.locks import FileLock
from shared.settings import Settings


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def original(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    """A system that was migrated and is stopped now, with a piece of evidence, an upload, and one half arrived."""
    settings = Settings(data=tmp_path_factory.mktemp("original") / "data")
    settle_kind(settings.data, sandbox=True)
    async with EmbeddedPostgres(settings.data / EMBEDDED) as server:
        await migrate_all(settings, databases_of(settings, server))
    evidence, uploads = settings.evidence / "ab" / "cd", settings.uploads / "x"
    for path in (evidence / "abcd", uploads / "list", uploads / "y.part"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"signed")
    yield settings
    await discard(settings.data / EMBEDDED)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sound(original: Settings) -> Path:
    """A backup of it, taken without a system that serves."""
    target = original.data.parent / "sound"
    await backup(original, target)
    return target


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "restored")


async def test_what_was_backed_up_is_there_again(sound: Path, elsewhere: Settings) -> None:
    report = await restore(sound, elsewhere)
    assert report.cluster > 2**20
    assert (elsewhere.evidence / "ab" / "cd" / "abcd").read_bytes() == b"signed"
    assert (elsewhere.uploads / "x" / "list").exists()
    assert not (elsewhere.uploads / "x" / "y.part").exists()
    assert _open_to_others(sound) == _open_to_others(elsewhere.data) == []
    try:
        async with EmbeddedPostgres(elsewhere.data / EMBEDDED) as server:
            databases = databases_of(elsewhere, server)
            for owner in (*ALL, BUS):
                await (await asyncpg.connect(databases.dsn(owner))).close()
    finally:
        await discard(elsewhere.data / EMBEDDED)


def _open_to_others(folder: Path) -> list[Path]:
    return [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o77]


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _table(copy: Path) -> Path:
    files = (path for path in (copy / "cluster" / "base").rglob("*") if path.is_file())
    return max(files, key=lambda path: path.stat().st_size)


def _blank_log(copy: Path) -> None:
    for path in (copy / "cluster" / "pg_wal").glob("0*"):
        path.write_bytes(bytes(path.stat().st_size))


_EVIDENCE = Path("data", "evidence", "ab", "cd", "abcd")
DEFECTS: dict[str, Callable[[Path], object]] = {
    "a table": lambda copy: _damage(_table(copy)),
    "a table is gone": lambda copy: _table(copy).unlink(),
    "a stranger in the database": lambda copy: (copy / "cluster" / "base" / "stranger").touch(),
    "the log": _blank_log,
    "the log is gone": lambda copy: shutil.rmtree(copy / "cluster" / "pg_wal"),
    "the cluster's manifest": lambda copy: _damage(copy / "cluster" / "backup_manifest"),
    "evidence": lambda copy: _damage(copy / _EVIDENCE),
    "evidence is gone": lambda copy: (copy / _EVIDENCE).unlink(),
    "a file more": lambda copy: (copy / "data" / "more").touch(),
    "no manifest": lambda copy: (copy / "manifest.json").unlink(),
    "half a manifest": lambda copy: (copy / "manifest.json").write_text("{"),
}


@pytest.mark.parametrize("defect", DEFECTS)
async def test_a_broken_backup_is_never_restored(sound: Path, elsewhere: Settings, tmp_path: Path, defect: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sound, copy)
    DEFECTS[defect](copy)
    with pytest.raises((BackupRefused, BrokenCluster)) as refused:
        await restore(copy, elsewhere)
    assert "Nothing was restored" in refused.value.en
    assert "没有恢复任何内容" in refused.value.zh
    assert _names(tmp_path) == ["copy"]


async def test_folders_that_hold_something_are_left_alone(original: Settings, sound: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter").write_text("dear")
    with pytest.raises(BackupRefused, match="not empty"):
        await backup(original, mine)
    with pytest.raises(BackupRefused, match="not empty"):
        await restore(sound, Settings(data=mine))
    mine.rename(tmp_path / "b.partial")
    with pytest.raises(BackupRefused, match="not empty"):
        await backup(original, tmp_path / "b")
    assert (tmp_path / "b.partial" / "letter").read_text() == "dear"


async def test_what_a_killed_backup_left_is_replaced(original: Settings, tmp_path: Path) -> None:
    unfinished, target = tmp_path / "b.partial", tmp_path / "b"
    (unfinished / "cluster").mkdir(parents=True)
    (unfinished / "cluster" / "half").touch()
    with FileLock(unfinished / "in-progress") as lock:
        assert lock.acquire()
        with pytest.raises(BackupRefused, match="Another command"):
            await backup(original, target)
    target.mkdir()
    await backup(original, target)
    assert not unfinished.exists()
    assert not (target / "cluster" / "half").exists()


async def test_what_breaks_off_leaves_nothing(
    original: Settings, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up, "write_manifest", full)
    monkeypatch.setattr(backing_up, "place_copy", full)
    with pytest.raises(OSError, match="No space left"):
        await backup(original, tmp_path / "b")
    with pytest.raises(OSError, match="No space left"):
        await restore(sound, Settings(data=tmp_path / "restored"))
    assert _names(tmp_path) == []


async def test_what_cannot_be_consistent_is_refused(original: Settings, tmp_path: Path) -> None:
    given = original.model_copy(update={"database_server": "postgresql://admin@host/"})
    kafka = original.model_copy(update={"bus": "kafka"})
    for settings, about in ((given, "own means"), (kafka, "broker")):
        with pytest.raises(BackupRefused, match=about):
            await backup(settings, tmp_path / "b")
        with pytest.raises(BackupRefused, match=about):
            await restore(tmp_path / "b", settings)
    with pytest.raises(NothingHere):
        await backup(Settings(data=tmp_path / "nothing"), tmp_path / "b")
    assert _names(tmp_path) == []


async def test_a_system_on_kafka_is_seen_whatever_the_command_was_told(original: Settings, tmp_path: Path) -> None:
    async with EmbeddedPostgres(original.data / EMBEDDED) as server:
        dsn = databases_of(original, server).dsn("audit")
        serving = await asyncpg.connect(dsn, server_settings={"application_name": "jingzhun-audit"})
        with pytest.raises(BackupRefused, match="broker"):
            await backup(original, tmp_path / "b")
        await serving.close()
    assert _names(tmp_path) == []
