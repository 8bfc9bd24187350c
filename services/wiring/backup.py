"""Backup and restore of a system on the embedded database: the cluster at one moment, and the files beside it.

Order is what makes the files fit the cluster. Uploads and evidence stand before the row that names them and may go
(once used, once named by nothing for long): they are copied before the cluster, and what has come since after it. Keys
and secrets never change. Evidence in a bucket is not here: it has its own backup.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

import asyncpg

from services.wiring.backup_manifest import CLUSTER, DATA, BackupRefused, check_manifest, write_manifest
from services.wiring.databases import BUS, role_of
from services.wiring.sandbox import NothingHere
from services.wiring.servers import EMBEDDED, running_embedded
from shared.clock import system_now
from shared.embedded import AlreadyRunning, EmbeddedPostgres
from shared.embedded.backup import copy_cluster, copy_file, place_copy, synchronise, verify_copy
from shared.embedded.locks import FileLock
from shared.settings import Settings

_PASSWORD = f"{EMBEDDED}/password"
_LASTING = ("kind", "keys", "secrets", _PASSWORD)
_PASSING = ("uploads", "evidence")
_UNFINISHED = ".part"
_MARK = "in-progress"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """The state of ``consistent_at`` is in the backup; ``cluster`` and ``files`` are bytes."""

    consistent_at: datetime
    cluster: int
    files: int
    seconds: float


async def backup(settings: Settings, target: Path) -> BackupReport:
    """Into a new or empty folder, which has its name once it is whole. Raises ``BackupRefused``."""
    _require_embedded(settings)
    if not (settings.data / EMBEDDED / CLUSTER).exists():
        raise NothingHere(str(settings.data))
    _require_empty(target)
    started, begun_at = monotonic(), system_now()
    with _unfinished(target) as folder:
        async with _server(settings) as (sockets, password):
            await _require_bus_inside(settings)
            for name in _PASSING:
                await asyncio.to_thread(_copy_below, settings.data, name, folder / DATA)
            await copy_cluster(sockets, password, folder / CLUSTER)
            consistent_at = system_now()
        for name in (*_LASTING, *_PASSING):
            await asyncio.to_thread(_copy_below, settings.data, name, folder / DATA)
        await asyncio.to_thread(write_manifest, folder, begun_at, consistent_at)
        sizes = await asyncio.to_thread(_size, folder / CLUSTER), await asyncio.to_thread(_size, folder / DATA)
    return BackupReport(consistent_at, *sizes, monotonic() - started)


async def restore(source: Path, settings: Settings) -> BackupReport:
    """Into a data folder that is new or empty. Raises ``BackupRefused``, ``BrokenCluster``."""
    _require_embedded(settings)
    _require_empty(settings.data)
    started = monotonic()
    manifest = await asyncio.to_thread(check_manifest, source)
    await verify_copy(source / CLUSTER)
    with _unfinished(settings.data) as folder:
        await asyncio.to_thread(_copy_all, source / DATA, folder)
        await asyncio.to_thread(place_copy, source / CLUSTER, folder / EMBEDDED / CLUSTER)
        sizes = await asyncio.to_thread(_size, source / CLUSTER), await asyncio.to_thread(_size, source / DATA)
    return BackupReport(manifest.consistent_at, *sizes, monotonic() - started)


def _require_embedded(settings: Settings) -> None:
    if settings.database_server:
        raise BackupRefused(
            "数据库在 JINGZHUN_DATABASE_SERVER 指定的服务器上：请用该服务器自己的备份办法（如 pg_basebackup）。",
            "The databases are on the server named by JINGZHUN_DATABASE_SERVER: use that server's own means of"
            " backup (pg_basebackup, for one).",
        )
    if settings.bus != "postgres":
        raise _bus_elsewhere()


def _bus_elsewhere() -> BackupRefused:
    """A restored consumer would meet offsets ahead of its database, and events between the two would be lost to it."""
    return BackupRefused(
        "系统使用 Kafka：代理上的日志和消费位点不在数据目录里，单独备份数据库会丢失事件。"
        "请停止系统，并用代理自己的办法与数据库一同备份。",
        "The system uses Kafka: the broker's log and offsets are not in the data folder, and a backup of the databases"
        " alone would lose events. Stop the system and back up the broker, by its own means, together with them.",
    )


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(
            f"{folder} 已存在且不为空。请换一个目录。", f"{folder} exists and is not empty. Choose another folder."
        )


@asynccontextmanager
async def _server(settings: Settings) -> AsyncIterator[tuple[Path, str]]:
    """Socket folder and password of the server that runs on the folder, or of one started for this while."""
    place = settings.data / EMBEDDED
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(EmbeddedPostgres(place))
        except AlreadyRunning:
            running_embedded(settings.data)
        yield Path((place / "runtime").read_text()), (place / "password").read_text().strip()


async def _require_bus_inside(settings: Settings) -> None:
    """Whatever the settings of this command say: the bus's database is there, and whoever serves uses it."""
    connection = await asyncpg.connect(running_embedded(settings.data).dsn("postgres"))
    try:
        inside = await connection.fetchval(
            """SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)
                  AND (EXISTS (SELECT FROM pg_stat_activity WHERE datname = $1)
                       OR NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name ~ '^jingzhun-'))""",
            role_of(BUS),
        )
    finally:
        await connection.close()
    if not inside:
        raise _bus_elsewhere()


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """``TARGET.partial``, emptied of what a killed run left; renamed when the block ends well, else removed."""
    folder = target.with_name(target.name + ".partial")
    _take_over(folder)
    with FileLock(folder / _MARK) as lock:
        if not lock.acquire():
            raise BackupRefused(f"另一个命令正在写 {folder}。", f"Another command is writing {folder}.")
        try:
            _clear(folder)
            yield folder
            (folder / _MARK).unlink()
            synchronise(folder)
            if target.exists():
                target.rmdir()
            folder.rename(target)
            synchronise(target.parent)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _take_over(folder: Path) -> None:
    """Ours to empty only where it is new, or bears our mark."""
    if folder.exists() and not (folder / _MARK).exists():
        _require_empty(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != _MARK:
            path.unlink()


def _copy_below(data: Path, name: str, target: Path) -> None:
    """The file or folder of that name. What goes while it is copied was needed no more, or is copied already."""
    source = data / name
    found = [source] if source.is_file() else sorted(source.rglob("*"))
    for path in found:
        place = target / path.relative_to(data)
        if path.is_file() and path.suffix != _UNFINISHED and not place.exists():
            _copy_if_there(path, place)


def _copy_if_there(source: Path, place: Path) -> None:
    _private_folder(place.parent)
    draft = place.with_name(place.name + _UNFINISHED)
    try:
        copy_file(source, draft)
    except FileNotFoundError:
        draft.unlink(missing_ok=True)
        return
    draft.rename(place)
    synchronise(place.parent)


def _private_folder(folder: Path) -> None:
    """With all above it that are not there yet."""
    if not folder.exists():
        _private_folder(folder.parent)
        folder.mkdir(mode=0o700)


def _copy_all(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            _copy_if_there(path, target / path.relative_to(source))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
