"""A season played beside the serving system, by a process of its own: a client like any other."""

import subprocess
import sys
from types import TracebackType
from typing import Self

from services.commands.processes.tether import tethered
from shared.settings import Settings

_GRACE_SECONDS = 5


class SeasonBeside:
    """Ends the season's process when the system ends."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        place = ["--port", str(self._settings.port), "--data", str(self._settings.data)]
        program = tethered(sys.executable, "-m", "services", "season", *place)
        self._process = subprocess.Popen(program)  # noqa: S603 - our own program and arguments

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
