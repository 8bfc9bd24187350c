"""What a backup says of itself: made when, by what, and every file beside the cluster with its checksum."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from shared.embedded.backup_check import MANIFEST
from shared.embedded.binaries import MAJOR_VERSION

FORMAT = 1
FILE = "manifest.json"
CLUSTER = "cluster"
DATA = "data"


class BackupRefused(Exception):
    """A backup that is not taken, or not restored; both texts tell the operator why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class BackupBroken(BackupRefused):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(
            f"备份无法使用：{zh}。没有恢复任何内容。",
            f"The backup cannot be used: {en}. Nothing was restored.",
        )


class Manifest(BaseModel):
    """``files``: SHA-256 by path below the backup; the cluster's own manifest stands for the cluster's files."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    program: str
    postgres: str
    begun_at: datetime
    consistent_at: datetime
    files: dict[str, str]


def write_manifest(folder: Path, begun_at: datetime, consistent_at: datetime) -> None:
    manifest = Manifest(
        format=FORMAT,
        program=version("jingzhun"),
        postgres=MAJOR_VERSION,
        begun_at=begun_at,
        consistent_at=consistent_at,
        files={name: _digest(folder / name) for name in _names(folder)},
    )
    (folder / FILE).write_bytes(orjson.dumps(manifest.model_dump(mode="json"), option=orjson.OPT_INDENT_2))
    (folder / FILE).chmod(0o600)


def check_manifest(folder: Path) -> Manifest:
    """The manifest, every file held against it. Raises ``BackupBroken``."""
    try:
        manifest = Manifest.model_validate_json((folder / FILE).read_bytes())
    except FileNotFoundError:
        raise BackupBroken(f"{folder} 里没有 {FILE}", f"{folder} has no {FILE}") from None
    except ValidationError:
        raise BackupBroken(f"{FILE} 无法读取", f"{FILE} cannot be read") from None
    if (manifest.format, manifest.postgres) != (FORMAT, MAJOR_VERSION):
        made = f"format {manifest.format}, PostgreSQL {manifest.postgres}"
        known = f"format {FORMAT}, PostgreSQL {MAJOR_VERSION}"
        raise BackupBroken(f"它的版本是 {made}，本程序需要 {known}", f"it is of {made}, this program needs {known}")
    found = set(_names(folder))
    for name in sorted(found | manifest.files.keys()):
        if name not in found:
            raise BackupBroken(f"缺少文件 {name}", f"the file {name} is missing")
        if name not in manifest.files:
            raise BackupBroken(f"多出文件 {name}", f"the file {name} does not belong there")
        if _digest(folder / name) != manifest.files[name]:
            raise BackupBroken(f"文件 {name} 已损坏", f"the file {name} is damaged")
    return manifest


def _names(folder: Path) -> Iterator[str]:
    yield f"{CLUSTER}/{MANIFEST}"
    for path in sorted((folder / DATA).rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
