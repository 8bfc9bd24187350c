"""A season under way: the county as it is in truth, the gateway, and what the steps share."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from zlib import crc32

from services.season.county import County, Household
from services.season.gateway import COUNTY, Gateway, Officer
from services.season.report import SeasonReport

Case = dict[str, Any]
Result = TypeVar("Result")


class Watcher(Protocol):
    """Who watches: told when a step begins, how far it is, and when it ends."""

    def step(self, step: str, total: int) -> None: ...

    def advance(self, step: str, by: int = 1) -> None: ...


@dataclass
class Season:
    """``by_id``: the county's households by the ids that the system gave them."""

    gateway: Gateway
    county: County
    report: SeasonReport
    watcher: Watcher
    ids: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, Household] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    sent_back: set[str] = field(default_factory=set)

    async def open_cases(self, step: str, stage: str) -> list[Case]:
        """What the system says of who stands there now: a season never goes by memory."""
        found = self.gateway.pages(COUNTY, "/v1/cases", state="open", step=step, stage=stage)
        return [case async for case in found if case["household_id"] in self.by_id]

    def household(self, case: Case) -> Household:
        return self.by_id[case["household_id"]]

    async def evidence(self, officer: Officer, what: str) -> str:
        """The digest of a paper that the officer hands in, as bytes."""
        key = f"{officer} {what}"
        if key not in self.digests:
            answer = await self.gateway.post_bytes(officer, "/v1/evidence", what.encode(), "text/plain")
            self.digests[key] = answer.json()["digest"]
        return self.digests[key]

    async def for_each(self, step: str, things: Iterable[Any], act: Callable[[Any], Awaitable[None]]) -> None:
        """All at once, as far as the gateway lets them in; the watcher sees each one done."""

        async def one(thing: Any) -> None:
            await act(thing)
            self.watcher.advance(step)

        async with asyncio.TaskGroup() as tasks:
            for thing in things:
                tasks.create_task(one(thing))


def grouped(cases: Iterable[Case], by: Callable[[str], str]) -> dict[str, list[Case]]:
    """Cases by a division made of their own."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[by(case["division"])].append(case)
    return dict(sorted(groups.items()))


def occasion(cases: Iterable[Case]) -> str:
    """What tells a list apart from an equal one of an earlier pass: how far its cases had come."""
    return ",".join(f"{case['id']}:{case['version']}" for case in cases)


def one_in(number: int, household: Household, salt: str) -> bool:
    """A choice that is the same on every machine and in every run."""
    return crc32(f"{salt} {household.ref}".encode()) % number == 0
