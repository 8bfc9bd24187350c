"""One run: everything is brought up, a load runs, faults fall on it, peace returns, and the books are opened."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeAlias

import httpx

from services.season.offices import OPERATOR
from services.wiring.sandbox import full_code, officer_token
from shared.auth.keys import KeyRing
from tests.chaos import cast
from tests.chaos.journal import Journal
from tests.chaos.ledger.judgement import judge
from tests.chaos.ledger.reading import read_ledger, set_up_witnesses
from tests.chaos.ledger.rows import Ledger, Unfinished
from tests.chaos.load import Load
from tests.chaos.member import Member
from tests.chaos.place import Place
from tests.chaos.plan import BROKER, DATABASE, Fault, Kind, Wave, waves
from tests.chaos.telling import Teller, Verdict

SERVICES = "services"
"""The module that is run for each service: the real build."""
_UP_SECONDS = 400.0
_CALM_SECONDS = 6.0
_PEACE_SECONDS = 420.0
_SETTLED_WAIT = 20
_POLL_SECONDS = 0.5
_MOMENT_SECONDS = 0.02
_AWAY_AT_MOST = 3
"""Members killed and not yet back: a system that is dead altogether has nothing to lose."""
_BEFORE_A_WAVE, _BEFORE_A_KILL = (30, 180.0), (6, 15.0)
"""Commands answered since the last one, and the seconds for which they are waited for: nor has one that idles."""
_TOKENS_LAST = timedelta(hours=12)
_LAST = (DATABASE, BROKER)
"""To be stopped: the services need them for an end in good order."""
Working: TypeAlias = "asyncio.Future[list[None]]"


@dataclass
class Run:
    """``entry``: the module that the services run; ``told``: hears what happens."""

    place: Place
    seed: int
    kills: int
    teller: Teller
    entry: str = SERVICES
    with_seasons: bool = True
    members: dict[str, Member] = field(default_factory=dict)
    journal: Journal = field(default_factory=Journal)

    async def conduct(self) -> Verdict:
        async with self._everybody_up():
            load = Load(self.place.url, self._token, self.journal, self.seed)
            enough = asyncio.Event()
            seasons = [load.play_seasons(enough)] if self.with_seasons else []
            working = asyncio.gather(load.work_one_by_one(enough), *seasons)
            telling = asyncio.create_task(self.teller.follow(self.members, load))
            try:
                await self._disturb(load, working)
                unfinished = await self._leave_in_peace(load, enough, working)
                ledger = await read_ledger(
                    self.place.database_of, list(self.journal.commands.values()), self.journal.contradicted, unfinished
                )
            finally:
                working.cancel()
                telling.cancel()
                await asyncio.gather(working, telling, return_exceptions=True)
            return self._verdict(ledger, load)

    def _verdict(self, ledger: Ledger, load: Load) -> Verdict:
        suffered = {name: member.suffered for name, member in self.members.items()}
        return Verdict(self.seed, ledger, judge(ledger), suffered, self.journal, load.seasons, load.interruptions)

    def _token(self, role: str, division: str, officer: int = 1) -> str:
        keys = KeyRing(self.place.data / "keys")
        return officer_token(keys, role, full_code(division), officer, _TOKENS_LAST)

    @asynccontextmanager
    async def _everybody_up(self) -> AsyncIterator[None]:
        try:
            await self._start([cast.database(self.place)])
            if self.place.bus == "kafka":
                await self._start([cast.broker(self.place)])
            await self._migrate()
            await set_up_witnesses(self.place.database_of)
            await self._start(cast.services(self.place, self.entry))
            yield
        finally:
            await asyncio.gather(*(self.members[name].stop() for name in self.members if name not in _LAST))
            await asyncio.gather(*(self.members[name].stop() for name in self.members if name in _LAST))

    async def _start(self, members: Sequence[Member]) -> None:
        for member in members:
            self.members[member.name] = member
            member.start()
        async with asyncio.timeout(_UP_SECONDS):
            await asyncio.gather(*(member.answers() for member in members))
        self.teller.say(f"up: {', '.join(member.name for member in members)}")

    async def _migrate(self) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", SERVICES, "migrate"),
            env=os.environ | self.place.environment(),
            stdout=asyncio.subprocess.DEVNULL,
        )
        if await process.wait():
            raise RuntimeError("the databases could not be migrated")

    async def _disturb(self, load: Load, working: Working) -> None:
        """Wave after wave. A load that breaks ends the run at once."""
        for wave in waves(self.seed, list(self.members), self.kills):
            load.busy.set()
            disturbing = asyncio.create_task(self._strike(wave))
            struck: set[asyncio.Future[Any]] = {disturbing, working}
            await asyncio.wait(struck, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                disturbing.cancel()
                working.result()
            await disturbing
            load.busy.clear()
            await self._all_answer()
            await asyncio.sleep(_CALM_SECONDS)

    async def _at_work(self, commands: int, seconds: float) -> None:
        enough, deadline = len(self.journal.commands) + commands, time.monotonic() + seconds
        at_work = False
        while not at_work:
            await asyncio.sleep(_MOMENT_SECONDS)
            at_work = len(self.journal.commands) >= enough or time.monotonic() > deadline

    async def _strike(self, wave: Wave) -> None:
        await self._at_work(*_BEFORE_A_WAVE)
        async with asyncio.TaskGroup() as lasting:
            for fault in wave:
                await asyncio.sleep(fault.after)
                if fault.kind is Kind.KILL:
                    await self._kill(fault)
                else:
                    lasting.create_task(self._hurt(fault))

    async def _kill(self, fault: Fault) -> None:
        """Whoever is not there yet is killed as soon as they are, and nobody while too many are away."""
        await self._at_work(*_BEFORE_A_KILL)
        member, killed = self.members[fault.target], False
        while not killed:
            await asyncio.sleep(_MOMENT_SECONDS)
            killed = self._away < _AWAY_AT_MOST and member.kill()
        self.teller.say(f"killed {fault.target}")

    @property
    def _away(self) -> int:
        return sum(not member.is_ready for member in self.members.values())

    async def _hurt(self, fault: Fault) -> None:
        member = self.members[fault.target]
        self.teller.say(f"{fault.kind.value}s {fault.target} for {fault.lasts:.1f} s")
        await (member.pause(fault.lasts) if fault.kind is Kind.PAUSE else member.starve(fault.lasts))

    async def _all_answer(self) -> None:
        """Bounded: who does not come back is found out in peace."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_UP_SECONDS):
                await asyncio.gather(*(member.answers() for member in self.members.values()))

    async def _leave_in_peace(self, load: Load, enough: asyncio.Event, working: Working) -> list[Unfinished]:
        """The load comes to its end, then everything that follows from it."""
        self.teller.say("left in peace")
        enough.set()
        deadline = time.monotonic() + _PEACE_SECONDS
        try:
            await asyncio.wait_for(asyncio.shield(working), _PEACE_SECONDS)
        except TimeoutError:
            return [Unfinished("load", f"did not end: {load.stage}", 1)]
        pending: object = "does not answer"
        while time.monotonic() < deadline:
            clock = await self._clock()
            if clock.get("settled"):
                return []
            pending = clock.get("pending", pending)
        return [Unfinished("system", f"did not settle: {pending}", 1)]

    async def _clock(self) -> dict[str, Any]:
        bearer = self._token(OPERATOR.role, OPERATOR.division)
        try:
            async with httpx.AsyncClient(base_url=self.place.url, timeout=60, trust_env=False) as client:
                answer = await client.get(
                    "/v1/sandbox/clock", params={"wait": _SETTLED_WAIT}, headers={"Authorization": f"Bearer {bearer}"}
                )
        except httpx.TransportError:
            answer = None
        if answer is None or not answer.is_success:
            await asyncio.sleep(_POLL_SECONDS)
            return {}
        found: dict[str, Any] = answer.json()
        return found
