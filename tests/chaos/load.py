"""Work that goes on whatever happens: one season after the other, and beside them a clerk's single commands."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import count
from random import Random
from uuid import UUID, uuid5

from rich.console import Console

from services.season.client import Actor, Api, SeasonStopped, Tokens
from services.season.county import County, generate
from services.season.display import Display
from services.season.driver import play
from services.season.offices import PROVINCE_OFFICER
from shared.identity_numbers import check_digit
from tests.chaos.journal import Journal

HOUSEHOLDS = 50
PATIENCE_SECONDS = 240.0
_NEIGHBOUR = "500230"
"""Another county than the season's: its cases are not the season's business."""
_CLERKS = UUID("4c1b9b1e-6f7b-4a55-8f1e-0a3f6f0e9d11")
_CLERK, _AGENT = Actor("county_officer", f"{_NEIGHBOUR}000000"), Actor("household_agent", f"{_NEIGHBOUR}001001")
_VILLAGE, _GROUP = f"{_NEIGHBOUR}001001", f"{_NEIGHBOUR}001001001"
_DIVISIONS = (f"{_NEIGHBOUR}000000", f"{_NEIGHBOUR}001000", _VILLAGE, _GROUP)
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
            await self._persist(lambda number=number: self._season(number))
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
        name = uuid5(_CLERKS, f"{self.seed}/{number}")
        async with Api.opened(self.url, self.tokens, name, patience=PATIENCE_SECONDS, witness=self.journal.hear) as api:
            await self._persist(lambda: _enter_divisions(api))
            for turn in count():
                await self._until_busy(enough)
                if enough.is_set():
                    return
                await self._persist(lambda turn=turn: _episode(api, f"{self.seed}-{number}-{turn}"))

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


async def _enter_divisions(api: Api) -> None:
    divisions = [{"code": code.ljust(12, "0"), "name": f"区划{code}"} for code in ("50", "5002", *_DIVISIONS)]
    await api.post(PROVINCE_OFFICER, "/v1/divisions", {"divisions": divisions})


async def _episode(api: Api, name: str) -> None:
    """A household is registered, a child is born to it, it applies, and thinks better of it."""
    people = Random(name)
    household = await api.post(_CLERK, "/v1/households", _household(people, name))
    child = _person(people, "child") | {"joined_by": "birth", "since": "2026-01-20"}
    await api.post(_CLERK, f"/v1/households/{household['id']}/members", child)
    form, _ = await api.upload(_AGENT, "/v1/evidence", f"申请书 {name}".encode(), "text/plain")
    body = {"household_id": household["id"], "applied_on": "2026-02-01", "evidence": [form["digest"]]}
    case = await api.post(_AGENT, "/v1/applications", body)
    await api.post(_AGENT, f"/v1/cases/{case['id']}/withdrawal", {"reason": "自愿撤回"})


def _household(people: Random, name: str) -> dict[str, object]:
    return {"division": _GROUP, "booklet_number": name, "members": [_person(people, "head")]}


def _person(people: Random, relation: str) -> dict[str, object]:
    born = f"{people.randint(1950, 2005)}{people.randint(1, 12):02}{people.randint(1, 28):02}"
    body = f"{_NEIGHBOUR}{born}{people.randrange(1000):03}"
    number = body + check_digit(body)
    sex = "male" if int(number[16]) % 2 else "female"
    return {"name": "张三", "sex": sex, "id_number": number, "relation": relation, "registration": "rural"}
