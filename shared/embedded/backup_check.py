"""A copied cluster held against PostgreSQL's own manifest of it, and the write-ahead log that it needs.

What ``pg_verifybackup`` does: the one in the wheel crashes at once, whatever it is asked (PostgreSQL 18.4).
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

MANIFEST = "backup_manifest"
_LAST_LINE = b'"Manifest-Checksum"'
_NOT_LISTED = frozenset({MANIFEST, "postgresql.auto.conf"})
_LOG = "pg_wal"


class ManifestBroken(ValueError):
    """The manifest itself cannot be trusted."""


def read_manifest(copy: Path) -> dict[str, Any]:
    """Raises ``ManifestBroken``."""
    try:
        content = (copy / MANIFEST).read_bytes()
        manifest: dict[str, Any] = orjson.loads(content)
        told = manifest["Manifest-Checksum"]
    except (OSError, orjson.JSONDecodeError, KeyError):
        raise ManifestBroken(MANIFEST) from None
    if hashlib.sha256(content[: content.rindex(_LAST_LINE)]).hexdigest() != told:
        raise ManifestBroken(MANIFEST)
    return manifest


def first_defect(copy: Path, manifest: dict[str, Any]) -> str | None:
    """The path of a file that is missing, damaged, or does not belong there; None where all are sound."""
    listed = {entry["Path"]: entry for entry in manifest["Files"]}
    strangers = set(_files(copy)) - listed.keys()
    unsound = (path for path, entry in listed.items() if not _sound(copy / path, entry))
    return next(unsound, min(strangers, default=None))


def _sound(path: Path, entry: dict[str, Any]) -> bool:
    if not path.is_file() or path.stat().st_size != entry["Size"]:
        return False
    told: str = entry["Checksum"]
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == told


def _files(copy: Path) -> Iterator[str]:
    for path in copy.rglob("*"):
        name = str(path.relative_to(copy))
        if path.is_file() and name not in _NOT_LISTED and not name.startswith(f"{_LOG}/"):
            yield name


def log_ranges(manifest: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(timeline, first, last) of the write-ahead log that recovery reads."""
    return [(str(each["Timeline"]), each["Start-LSN"], each["End-LSN"]) for each in manifest["WAL-Ranges"]]
