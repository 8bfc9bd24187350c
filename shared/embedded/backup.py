"""A copy of the whole cluster as it was at one moment, taken while the server runs, and put in place again.

The moment is the end of the copying: the copy holds the files and the write-ahead log up to it, and a server started on
it recovers to exactly that point, in every database of the cluster alike.
"""

import asyncio
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from shared.embedded import binaries, disk
from shared.embedded.account import account_for
from shared.embedded.backup_check import MANIFEST, ManifestBroken, first_defect, log_ranges, read_manifest
from shared.embedded.cluster import SUPERUSER
from shared.embedded.errors import BrokenCluster, DiskFull, EmbeddedPostgresError
from shared.embedded.program import ENVIRONMENT
from shared.embedded.runtime import PORT

_TOLD_BYTES = 2_000


async def copy_cluster(sockets: Path, password: str, target: Path) -> None:
    """Into a new folder, on the disk when this returns. Raises EmbeddedPostgresError."""
    options = (
        *("--pgdata", target, "--format=plain", "--wal-method=stream", "--checkpoint=fast"),
        *("--manifest-checksums=SHA256", "--no-password", "--username", SUPERUSER),
        *("--host", sockets, "--port", PORT),
    )
    failed = await _run("pg_basebackup", options, {"PGPASSWORD": password})
    if failed is not None:
        raise _explained(failed, target)


async def verify_copy(copy: Path) -> None:
    """Every file against its checksum, and the write-ahead log that it needs. Raises BrokenCluster."""
    try:
        manifest = await asyncio.to_thread(read_manifest, copy)
    except ManifestBroken:
        raise _broken(MANIFEST) from None
    if (defect := await asyncio.to_thread(first_defect, copy, manifest)) is not None:
        raise _broken(defect)
    for timeline, first, last in log_ranges(manifest):
        place = ("--path", copy / "pg_wal", "--timeline", timeline, "--start", first, "--end", last)
        if await _run("pg_waldump", ("--quiet", *place), {}) is not None:
            raise _broken("pg_wal")


def _broken(file: str) -> BrokenCluster:
    return BrokenCluster(
        f"备份无法使用：数据库文件 {file} 缺失、多余或已损坏。没有恢复任何内容。",
        f"The backup cannot be used: the database's file {file} is missing, damaged or does not belong there. "
        "Nothing was restored.",
    )


def place_copy(copy: Path, cluster: Path) -> None:
    """The cluster, owned by the user that the server will run as, closed to others, and on the disk."""
    account = account_for(cluster)
    for folder, _, files in os.walk(copy):
        place = cluster / Path(folder).relative_to(copy)
        place.mkdir(mode=0o700)
        account.own(place)
        for name in files:
            if name != MANIFEST:
                copy_file(Path(folder) / name, place / name)
                account.own(place / name)
        synchronise(place)


def copy_file(source: Path, target: Path) -> None:
    """Readable by its owner alone, and on the disk."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as written, source.open("rb") as read:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(descriptor)


def synchronise(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


async def _run(program: str, options: tuple[object, ...], secrets: Mapping[str, str]) -> str | None:
    """None when all went well, else what it said last."""
    path = binaries.locate().postgres.with_name(program)
    process = await asyncio.create_subprocess_exec(
        path,
        *map(str, options),
        env={**ENVIRONMENT, **secrets},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, errors = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    return errors.decode(errors="replace")[-_TOLD_BYTES:].strip() if process.returncode else None


def _explained(failed: str, target: Path) -> EmbeddedPostgresError:
    if any(text in failed for text in disk.TOLD_BY_SERVER):
        return DiskFull(target.parent, disk.ROOM_TO_START, disk.free(target.parent))
    return EmbeddedPostgresError(f"数据库复制失败：{failed}", f"The database could not be copied: {failed}")
