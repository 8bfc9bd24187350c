"""One process of the system: started, watched, hurt, and started again whenever it has ended."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from services.commands.processes.tether import tethered
from shared.embedded.processes import Process

_POLL_SECONDS = 0.1
_BACKOFF_SECONDS = (0.2, 0.5, 1.0, 2.0)
_STOP_SECONDS = 12.0
_ONE_TENTH = (0.27, 0.03)
"""Seconds stopped and running by turns: a process that gets a tenth of a processor."""

Victims = Callable[[int], Sequence[int]]
"""From the pid that was started to the pids that are hurt."""


@dataclass
class Suffered:
    """``recoveries``: seconds from each kill until the member answered again."""

    kills: int = 0
    pauses: int = 0
    starvations: int = 0
    falls: int = 0
    recoveries: list[float] = field(default_factory=list)


class Member:
    """``ready`` asks whether it answers; ``falls`` counts the times when it ended without being killed."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        environment: dict[str, str],
        ready: Callable[[], Awaitable[bool]],
        log: Path,
        victims: Victims = lambda pid: (pid,),
    ) -> None:
        self.name = name
        self.suffered = Suffered()
        self._command = [str(word) for word in command]
        self._environment = environment
        self._asks = ready
        self._log = log
        self._victims = victims
        self._process: asyncio.subprocess.Process | None = None
        self._ready = asyncio.Event()
        self._killed_at: float | None = None
        self._ending = False
        self._keeper: asyncio.Task[None] | None = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def is_ready(self) -> bool:
        return self._ready.is_set()

    def start(self) -> None:
        self._keeper = asyncio.create_task(self._keep(), name=self.name)

    async def answers(self) -> None:
        """Wait until it is ready. Raises what ended the keeping of it, if anything did."""
        waiting = asyncio.create_task(self._ready.wait())
        assert self._keeper is not None
        await asyncio.wait({waiting, self._keeper}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._keeper.done():
            self._keeper.result()

    def kill(self) -> bool:
        """SIGKILL, without a word; False where nothing was there to be killed."""
        killed = self._signal(signal.SIGKILL, self._pids())
        if killed:
            self.suffered.kills += 1
            self._ready.clear()
            self._killed_at = time.monotonic()
        return killed

    async def pause(self, seconds: float) -> None:
        """Stopped in the middle of whatever it does; then it goes on as if no time had passed."""
        stopped = self._pids()
        if not self._signal(signal.SIGSTOP, stopped):
            return
        self.suffered.pauses += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self._signal(signal.SIGCONT, stopped)

    async def starve(self, seconds: float) -> None:
        """A tenth of a processor."""
        self.suffered.starvations += 1
        deadline = time.monotonic() + seconds
        stopped, running = _ONE_TENTH
        while time.monotonic() < deadline:
            pids = self._pids()
            self._signal(signal.SIGSTOP, pids)
            try:
                await asyncio.sleep(stopped)
            finally:
                self._signal(signal.SIGCONT, pids)
            await asyncio.sleep(running)

    async def stop(self) -> None:
        """Asked to end, and killed where it does not."""
        self._ending = True
        if self._process is not None and self.alive:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), _STOP_SECONDS)
            except TimeoutError:
                self._process.kill()
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)

    async def _keep(self) -> None:
        failures = 0
        while not self._ending:
            self._process = await self._launch()
            probing = asyncio.create_task(self._probe())
            await self._process.wait()
            probing.cancel()
            was_ready, killed = self._ready.is_set(), self._killed_at is not None
            self._ready.clear()
            if killed or self._ending:
                failures = 0
                continue
            self.suffered.falls += 1
            failures = 0 if was_ready else failures + 1
            await asyncio.sleep(_BACKOFF_SECONDS[min(failures, len(_BACKOFF_SECONDS) - 1)])

    async def _launch(self) -> asyncio.subprocess.Process:
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *tethered(*self._command),
                env=os.environ | self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def _probe(self) -> None:
        answered = False
        while not answered:
            await asyncio.sleep(_POLL_SECONDS)
            answered = await self._asks()
        self._ready.set()
        if self._killed_at is not None:
            self.suffered.recoveries.append(time.monotonic() - self._killed_at)
            self._killed_at = None

    def _pids(self) -> Sequence[int]:
        return self._victims(self._process.pid) if self._process is not None and self.alive else ()

    @staticmethod
    def _signal(number: signal.Signals, pids: Sequence[int]) -> bool:
        """Whether anybody was there to get it."""
        got = False
        for pid in pids:
            with suppress(ProcessLookupError), Process(pid) as process:
                process.signal(number)
                got = True
        return got
