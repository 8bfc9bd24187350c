"""A season played, and what the API says of it afterwards."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from services.season.county import County, generate
from services.season.driver import run
from services.season.report import SeasonReport
from tests.e2e.tapping import Tap
from tests.fixtures.services import Tokens

COUNTY = "500229000000"
HOUSEHOLDS = 100
SEED = 20260101
Items = list[dict[str, Any]]


@dataclass(frozen=True)
class Onlooker:
    """Somebody who reads what the county's officers may read."""

    client: httpx.AsyncClient
    tokens: Tokens

    async def get(self, path: str, role: str = "county_officer", **query: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.tokens.of(role, COUNTY)}"}
        answer = await self.client.get(path, params=query, headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def items(self, path: str, **query: Any) -> Items:
        page = await self.get(path, limit=1000, **query)
        assert page["next"] is None
        found: Items = page["items"]
        return found

    async def archive(self) -> Items:
        page = await self.get("/v1/events", "auditor", limit=1000)
        events: Items = page["items"]
        while len(page["items"]) == 1000:
            page = await self.get("/v1/events", "auditor", limit=1000, after=page["next"])
            events += page["items"]
        return events

    async def ends(self) -> Counter[tuple[str, str]]:
        """How many cases of each kind came to which end."""
        return Counter((case["kind"], case["state"]) for case in await self.items("/v1/cases"))

    async def poor(self) -> set[str]:
        return {household["id"] for household in await self.items("/v1/households", status="poor")}


@dataclass(frozen=True)
class PlayedSeason(Onlooker):
    url: str
    county: County
    report: SeasonReport
    tap: Tap

    async def play_again(self) -> SeasonReport:
        return await play(self.url, self.tokens)


async def play(url: str, tokens: Tokens) -> SeasonReport:
    return await run(url, tokens.of, households=HOUSEHOLDS, seed=SEED)


def the_county() -> County:
    return generate(HOUSEHOLDS, SEED)


def names_of(events: Items) -> Counter[str]:
    return Counter(event["type"].split(".")[2] for event in events)


def text_of(events: Items) -> str:
    return orjson.dumps(events).decode()
