"""Work that goes on whatever happens: one season after the other, and beside them a clerk's single commands."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from io import StringIO
from itertools import count
from uuid import uuid5

from rich.console import Console

from services.season.client import Api, Tokens
from services.season.county import County, generate
from services.season.display import Display
from services.season.driver import play
from services.season.stopping import SeasonStopped
from tests.chaos.clerk import CLERKS, enter_divisions, help_a_household, take_note
from tests.chaos.journal import Journal

HOUSEHOLDS = 50
PATIENCE_SECONDS = 240.0
_AT_ONCE = 3
_PAUSE_SECONDS = 1.0
_SEASON_SECONDS = 90.0
"""A season each, at most: every one moves the clock by weeks, and a sandbox's clock goes ten years ahead at most."""


@dataclass
class Load:
    """``busy``: the clerks work; they rest while it is cleared, so that a season can wait for all to be settled."""

    url: str
    tokens: Tokens
    journal: Journal
    seed: int
    busy: asyncio.Event = field(default_factory=asyncio.Event)
    seasons: int = 0
    interruptions: list[str] = field(default_factory=list)
    stage: str = "—"

    async def play_seasons(self, enough: asyncio.Event) -> None:
        """Until it is enough, and the season under way has ended."""
        for number in count(1):
            began = time.monotonic()
            await self._persist(partial(self._season, number))
            self.seasons = number
            await _set_within(enough, began + _SEASON_SECONDS - time.monotonic())
            if enough.is_set():
                return

    async def work_one_by_one(self, enough: asyncio.Event) -> None:
        await asyncio.gather(*(self._clerk(number, enough) for number in range(_AT_ONCE)))

    async def _season(self, number: int) -> None:
        county = _county(1_000 * self.seed + number)
        shown = _Stage(self, number)
        await play(self.url, self.tokens, county, display=shown, patience=PATIENCE_SECONDS, witness=self.journal.hear)

    async def _clerk(self, number: int, enough: asyncio.Event) -> None:
        name = uuid5(CLERKS, f"{self.seed}/{number}")
        async with Api.opened(self.url, self.tokens, name, patience=PATIENCE_SECONDS, witness=self.journal.hear) as api:
            await self._persist(partial(enter_divisions, api))
            for turn in count():
                await self._until_busy(enough)
                if enough.is_set():
                    return
                await self._persist(partial(take_note, api, number, _AT_ONCE))
                await self._persist(partial(help_a_household, api, turn * _AT_ONCE + number))

    async def _until_busy(self, enough: asyncio.Event) -> None:
        waits = {asyncio.create_task(each.wait()) for each in (self.busy, enough)}
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()

    async def _persist(self, act: Callable[[], Awaitable[None]]) -> None:
        """A broken-off act is taken up again: what was done of it is found done."""
        while True:
            try:
                return await act()
            except SeasonStopped as stopped:
                self.interruptions.append(f"{self.stage}: {stopped}")
            except ExceptionGroup as group:
                stops, others = group.split(SeasonStopped)
                if others is not None or stops is None:
                    raise
                self.interruptions.append(f"{self.stage}: {stops.exceptions[0]}")
            await asyncio.sleep(_PAUSE_SECONDS)


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    """Wait until it is set, at most so long."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), max(0.0, seconds))


class _Stage(Display):
    """Shows nothing, and tells the load where the season stands."""

    def __init__(self, load: Load, number: int) -> None:
        super().__init__(Console(file=StringIO()))
        self._load = load
        self._number = number

    def _show(self) -> None:
        self._load.stage = f"season {self._number}, {self._done} of {self._expected}"


def _county(seed: int) -> County:
    """With booklet numbers of its own: the households of earlier seasons stay where they are."""
    county = generate(HOUSEHOLDS, seed)
    households = (replace(one, booklet_number=f"{seed}-{one.booklet_number}") for one in county.households)
    return replace(county, households=tuple(households))
