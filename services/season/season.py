"""What every step of a season works with: the API, the county, and the present state of its cases."""

import asyncio
import hashlib
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import TypeVar

from services.season.client import Actor, Api, Json, Refused, SeasonStopped
from services.season.county import County, Household
from services.season.display import Display
from services.season.offices import COUNTY_OFFICER, OPERATOR

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE = 12
_CHINA = timezone(timedelta(hours=8))
_SETTLE_SECONDS = 30
_UNKNOWN = datetime.min.replace(tzinfo=_CHINA)


@dataclass
class Season:
    """``ids`` and ``households``: the county's households by their ref, and by their id in the system."""

    api: Api
    county: County
    display: Display
    ids: Mapping[str, str] = field(default_factory=dict)
    households: Mapping[str, Household] = field(default_factory=dict)
    now: datetime = _UNKNOWN
    refusals: Counter[str] = field(default_factory=Counter)
    _officers: dict[Actor, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """By the policy clock, in China."""
        return self.now.astimezone(_CHINA).date()

    def household(self, case: Json) -> Household:
        return self.households[case["household_id"]]

    def happens(self, what: str, household: Household, *, one_in: int) -> bool:
        """Chance that says the same of the same household in every run."""
        drawn = hashlib.sha256(f"{self.county.seed}/{what}/{household.ref}".encode()).digest()
        return int.from_bytes(drawn[:8]) % one_in == 0

    async def open_cases(self, step: str, stage: str) -> list[Json]:
        return await self.api.items(COUNTY_OFFICER, "/v1/cases", state="open", step=step, stage=stage)

    async def history(self, case: Json) -> list[Json]:
        found: list[Json] = (await self.api.get(COUNTY_OFFICER, f"/v1/cases/{case['id']}"))["history"]
        return found

    async def each(self, items: Iterable[T], act: Callable[[T], Awaitable[R]]) -> list[R]:
        """The act on every item, some at once, shown as progress."""
        waiting, limit = list(items), asyncio.Semaphore(AT_ONCE)
        self.display.expect(len(waiting))

        async def one(item: T) -> R:
            async with limit:
                result = await act(item)
            self.display.advance()
            return result

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(item)) for item in waiting]
        return [task.result() for task in tasks]

    async def refused(self, act: Awaitable[Json]) -> Refused:
        """The refusal that the act has to meet, counted by its code."""
        try:
            await act
        except Refused as refusal:
            self.refusals[refusal.code] += 1
            return refusal
        raise SeasonStopped("应被拒绝的操作被接受了。", "An act that must be refused was accepted.")

    async def evidence(self, actor: Actor, text: str) -> str:
        """The digest of a document handed in by the actor."""
        answer, _ = await self.api.upload(actor, "/v1/evidence", text.encode(), "text/plain")
        digest: str = answer["digest"]
        return digest

    async def officer(self, actor: Actor) -> str:
        """The id under which the system knows the actor."""
        if actor not in self._officers:
            self._officers[actor] = (await self.api.get(actor, "/v1/me"))["officer_id"]
        return self._officers[actor]

    async def settle(self) -> None:
        """Until everything that follows from the acts so far has been done: timers, events, jobs."""
        settled = False
        while not settled:
            clock = await self.api.get(OPERATOR, "/v1/sandbox/clock", wait=_SETTLE_SECONDS)
            settled, self.now = clock["settled"], datetime.fromisoformat(clock["now"])

    async def advance_to(self, moment: datetime) -> None:
        """Move the sandbox's clock, and let what is due happen."""
        await self.api.post(OPERATOR, "/v1/sandbox/clock", {"advance_to": moment.isoformat()})
        await self.settle()

    async def finished(self, actor: Actor, location: str) -> Json:
        """The job at ``location`` once it has ended well."""
        while (job := await self.api.get(actor, location))["state"] in ("queued", "running"):
            await self.settle()
        if job["state"] == "failed":
            raise SeasonStopped(f"后台任务失败：{job['problem']}", f"A job has failed: {job['problem']}")
        return job


def by(key: Callable[[str], str], cases: Iterable[Json]) -> dict[str, list[Json]]:
    """The cases by the division that ``key`` makes of theirs."""
    grouped: defaultdict[str, list[Json]] = defaultdict(list)
    for case in cases:
        grouped[key(case["division"])].append(case)
    return dict(sorted(grouped.items()))


def occasion(cases: Iterable[Json]) -> list[int]:
    """Which time this is for these cases: their versions, so that the same act after a return is another one."""
    return [case["version"] for case in cases]
