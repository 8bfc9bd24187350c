"""The server's log: what its programs write, in one file of bounded size."""

import os
from pathlib import Path
from typing import BinaryIO

LARGEST_BYTES = 10 * 2**20
TAIL_BYTES = 4000


class Log:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._beginning = 0

    def begin(self) -> None:
        """A new run. Keeps one older log, so that the two never grow without bound."""
        if self._size() > LARGEST_BYTES:
            self.path.replace(self.path.with_name(self.path.name + ".1"))
        self._beginning = self._size()

    def tail(self) -> str:
        """What this run wrote, at most the last few thousand bytes of it."""
        if not self.path.exists():
            return ""
        with self.path.open("rb") as file:
            file.seek(max(self._beginning, self._size() - TAIL_BYTES))
            return file.read().decode(errors="replace").strip()

    def open(self) -> BinaryIO:
        """For appending."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        return os.fdopen(os.open(self.path, flags, 0o600), "ab")

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0
