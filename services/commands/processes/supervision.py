"""Keeping processes running: started again when they end, ended together when told."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

import aiohttp
import structlog

from services.commands.messages import Failure
from services.commands.processes.fleet import Member, environment
from services.commands.processes.stream import LONGEST_LINE, pass_on
from services.commands.processes.tether import tethered
from shared.auth.tokens import GATEWAY
from shared.delivery.persistence import Backoff, pause
from shared.settings import Settings

log = structlog.get_logger()
_WELL_AFTER_SECONDS = 10.0
_END_SECONDS = 4.5
"""For the gateway, and then for the others: together less than the ten seconds in which all is over."""
_POLL_SECONDS = 0.1


class Supervision:
    """The processes of a fleet. ``stop`` ends the gateway first, so that what it let in is finished by the others."""

    def __init__(self, fleet: Sequence[Member], settings: Settings) -> None:
        self._fleet = fleet
        self._settings = settings
        self._environment = environment(fleet)
        self._door_closes, self._rest_ends = asyncio.Event(), asyncio.Event()
        self._kept: dict[Member, asyncio.Task[None]] = {}
        self._all_ready = False

    async def start(self) -> None:
        """Returns when every process is ready. Raises ``Failure`` where one cannot start; its reason is in the log."""
        for member in self._fleet:
            self._kept[member] = asyncio.create_task(self._keep(member), name=member.name)
        ready = asyncio.create_task(self._ready())
        try:
            await asyncio.wait({ready, *self._kept.values()}, return_when=asyncio.FIRST_COMPLETED)
            for kept in self._kept.values():
                if kept.done():
                    kept.result()
            await ready
        finally:
            ready.cancel()
        self._all_ready = True

    async def stop(self) -> None:
        self._door_closes.set()
        await self._ended([kept for member, kept in self._kept.items() if member.service == GATEWAY])
        self._rest_ends.set()
        await self._ended(list(self._kept.values()))

    async def _ended(self, kept: Sequence["asyncio.Task[None]"]) -> None:
        for outcome in await asyncio.gather(*kept, return_exceptions=True):
            if isinstance(outcome, Exception) and not isinstance(outcome, Failure):
                raise outcome

    async def _keep(self, member: Member) -> None:
        stop = self._door_closes if member.service == GATEWAY else self._rest_ends
        backoff, clock = Backoff(), asyncio.get_running_loop().time
        while not stop.is_set():
            began = clock()
            try:
                status = await _run(member.name, member.command(self._settings), self._environment, stop)
            except OSError as error:  # no memory, no more processes allowed
                log.error("process not started", process=member.name, error=type(error).__name__)
                status = 0
            if stop.is_set():
                return
            log.error("process ended", process=member.name, status=status)
            if status > 0 and not self._all_ready:
                raise Failure(
                    f"{member.name} 未能启动，原因见上方日志。", f"{member.name} could not start; the log says why."
                )
            if clock() - began > _WELL_AFTER_SECONDS:
                backoff.reset()
            await pause(stop, backoff.next_wait())

    async def _ready(self) -> None:
        timeout = aiohttp.ClientTimeout(total=5)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            await asyncio.gather(*(_answers(session, member) for member in self._fleet))


async def _answers(session: aiohttp.ClientSession, member: Member) -> None:
    while True:
        with suppress(aiohttp.ClientError, TimeoutError):
            async with session.get(f"{member.url}/readyz") as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(_POLL_SECONDS)


async def _run(name: str, command: Sequence[str], environment: Mapping[str, str], stop: asyncio.Event) -> int:
    """One life of a process, ended by ``stop``: asked first, then killed; its exit status."""
    process = await asyncio.create_subprocess_exec(
        *tethered(*command),
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
        start_new_session=True,  # Ctrl-C is the parent's to pass on
    )
    assert process.stderr is not None
    life = asyncio.create_task(_lived(process, process.stderr, name))
    told = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({life, told}, return_when=asyncio.FIRST_COMPLETED)
        if not life.done():
            process.terminate()
            await asyncio.wait({life}, timeout=_END_SECONDS)
    finally:
        told.cancel()
        if process.returncode is None:
            log.error("process does not end: killed", process=name)
            process.kill()
    return await life


async def _lived(process: asyncio.subprocess.Process, lines: asyncio.StreamReader, name: str) -> int:
    await pass_on(lines, name)
    return await process.wait()
