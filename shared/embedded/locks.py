"""Advisory locks on files. The kernel releases them when their holder ends, however it ends."""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_LETTING_GO_SECONDS = 2.0


class FileLock:
    """Held from ``acquire`` to ``release``; while held the file's text tells who holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock and write down our pid, or return False at once if somebody holds it."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def acquire_from_the_living(self) -> bool:
        """Like ``acquire``, but a holder that is dead already may take a moment to let go.

        A process killed between making a child and that child's own program leaves the lock with the child for some
        milliseconds. A holder that lives is told at once.
        """
        deadline = time.monotonic() + _LETTING_GO_SECONDS
        while not self.acquire():
            if time.monotonic() > deadline or any(_lives(pid) for pid in holder(self.path)[:1]):
                return False
            time.sleep(0.02)
        return True

    @property
    def descriptor(self) -> int:
        """A process that inherits it holds the lock too, as long as it lives."""
        if self._descriptor is None:
            raise RuntimeError(f"the lock {self.path} is not held")
        return self._descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def holder(path: Path) -> list[int]:
    """The numbers its holder wrote into a lock file; empty while they are being written."""
    return [int(word) for word in path.read_text().split() if word.isdigit()]


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock now, without changing what is written in it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
