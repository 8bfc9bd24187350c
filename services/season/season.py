"""What every step of a season works with: the API, the county, and the present state of its cases."""

import asyncio
import hashlib
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Protocol, TypeVar
from uuid import UUID

from jingzhun_client import Request
from jingzhun_client.models import Advance, CaseSummary, HistoryEntry, Stage, Step
from jingzhun_client.operations import (
    advance_sandbox_clock,
    get_case,
    list_cases,
    read_me,
    read_sandbox_clock,
    upload_evidence,
)
from services.season.client import Actor, Api
from services.season.county import County, Household
from services.season.display import Display
from services.season.offices import COUNTY_OFFICER, OPERATOR
from services.season.stopping import Refused, SeasonStopped

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE = 12
_CHINA = timezone(timedelta(hours=8))
_SETTLE_SECONDS = 30
_UNKNOWN = datetime.min.replace(tzinfo=_CHINA)


class Job(Protocol):
    """Long work: its ``state``, and the ``problem`` where it failed."""

    @property
    def state(self) -> str: ...

    @property
    def problem(self) -> object: ...


J = TypeVar("J", bound=Job)


@dataclass
class Season:
    """``ids`` and ``households``: the county's households by their ref, and by their id in the system."""

    api: Api
    county: County
    display: Display
    ids: Mapping[str, UUID] = field(default_factory=dict)
    households: Mapping[UUID, Household] = field(default_factory=dict)
    now: datetime = _UNKNOWN
    refusals: Counter[str] = field(default_factory=Counter)
    _officers: dict[Actor, UUID] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """By the policy clock, in China."""
        return self.now.astimezone(_CHINA).date()

    def household(self, case: CaseSummary) -> Household:
        return self.households[case.household_id]

    def happens(self, what: str, household: Household, *, one_in: int) -> bool:
        """Chance that says the same of the same household in every run."""
        drawn = hashlib.sha256(f"{self.county.seed}/{what}/{household.ref}".encode()).digest()
        return int.from_bytes(drawn[:8]) % one_in == 0

    async def open_cases(self, step: Step, stage: Stage) -> list[CaseSummary]:
        return await self.api.items(COUNTY_OFFICER, list_cases(state="open", step=step, stage=stage))

    async def history(self, case: CaseSummary) -> list[HistoryEntry]:
        return (await self.api.ask(COUNTY_OFFICER, get_case(case.id))).history

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

    async def refused(self, act: Awaitable[object]) -> Refused:
        """The refusal that the act has to meet, counted by its code."""
        try:
            await act
        except Refused as refusal:
            self.refusals[refusal.code] += 1
            return refusal
        raise SeasonStopped("应被拒绝的操作被接受了。", "An act that must be refused was accepted.")

    async def evidence(self, actor: Actor, text: str) -> str:
        """The digest of a document handed in by the actor."""
        return (await self.api.act(actor, upload_evidence(text.encode(), media_type="text/plain"))).digest

    async def officer(self, actor: Actor) -> UUID:
        """The id under which the system knows the actor."""
        if actor not in self._officers:
            known = (await self.api.ask(actor, read_me())).officer_id
            if known is None:
                raise SeasonStopped(f"令牌不属于任何人员：{actor}", f"The token is no officer's: {actor}")
            self._officers[actor] = known
        return self._officers[actor]

    async def settle(self) -> None:
        """Until everything that follows from the acts so far has been done: timers, events, jobs."""
        settled = False
        while not settled:
            clock = await self.api.ask(OPERATOR, read_sandbox_clock(wait=_SETTLE_SECONDS))
            settled, self.now = clock.settled, clock.now

    async def advance_to(self, moment: datetime) -> None:
        """Move the sandbox's clock, and let what is due happen."""
        await self.api.act(OPERATOR, advance_sandbox_clock(Advance(advance_to=moment)))
        await self.settle()

    async def finished(self, actor: Actor, question: Request[J]) -> J:
        """The job asked for, once it has ended well."""
        while (job := await self.api.ask(actor, question)).state in ("queued", "running"):
            await self.settle()
        if job.state == "failed":
            raise SeasonStopped(f"后台任务失败：{job.problem}", f"A job has failed: {job.problem}")
        return job


def by(key: Callable[[str], str], cases: Iterable[CaseSummary]) -> dict[str, list[CaseSummary]]:
    """The cases by the division that ``key`` makes of theirs."""
    grouped: defaultdict[str, list[CaseSummary]] = defaultdict(list)
    for case in cases:
        grouped[key(case.division)].append(case)
    return dict(sorted(grouped.items()))


def occasion(cases: Iterable[CaseSummary]) -> list[int]:
    """Which time this is for these cases: their versions, so that the same act after a return is another one."""
    return [case.version for case in cases]
