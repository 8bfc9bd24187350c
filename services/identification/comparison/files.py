"""Where extracts and comparisons lie on the disk, and for how long.

An extract stays until it was compared; a comparison's folder until it ends. What a dead process left is swept
away at a later start, once it is too old to be somebody's work.
"""

import math
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import duckdb

from shared.settings import Settings

MEMORY = "512MB"
_LEFTOVER_SECONDS = 24 * 3600


def incoming(settings: Settings) -> Path:
    """Uploads that are being received and checked."""
    return settings.uploads / "comparison" / "incoming"


def extract_path(settings: Settings, dataset_id: UUID) -> Path:
    return settings.uploads / "comparison" / "extracts" / f"{dataset_id}.parquet"


def place(draft: Path, target: Path) -> None:
    """Move a finished file to its place."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft.replace(target)


@contextmanager
def workshop(settings: Settings, list_id: UUID) -> Iterator[Path]:
    """A folder for one comparison, new and empty, gone afterwards. One worker at a time holds its comparison."""
    folder = settings.uploads / "comparison" / "work" / str(list_id)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def duck(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A session with a DuckDB that spills into ``folder``; its temporary tables go with it."""
    session = _duck(folder).cursor()
    try:
        yield session
    finally:
        session.close()


@lru_cache(maxsize=1)
def _duck(folder: Path) -> duckdb.DuckDBPyConnection:
    """In memory, kept for the next comparison, for making it takes longer; it never reaches for the network."""
    options: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(":memory:", config=options)


def quoted(path: Path) -> str:
    """The path as a literal of SQL, where a parameter cannot stand."""
    return "'" + str(path).replace("'", "''") + "'"


def sweep(settings: Settings) -> int:
    """Remove what was left half done more than a day ago; how many files and folders it was."""
    began = time.time() - _LEFTOVER_SECONDS
    folders = (incoming(settings), settings.uploads / "comparison" / "work")
    leftovers = [path for folder in folders for path in folder.glob("*") if _changed(path) < began]
    for path in leftovers:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return len(leftovers)


def _changed(path: Path) -> float:
    """When, in seconds; endless for what somebody has finished with meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf
