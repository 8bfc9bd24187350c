"""A county of four townships, twenty villages and a hundred groups, and households that all are eligible."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

import orjson

from shared.areas import ancestor
from shared.identity_numbers import check_digit
from tests.bench.caller import Caller, Json
from tests.integration.identification.cases import ELIGIBLE

COUNTY = "500229000000"
PROVINCE = "500000000000"
TOWNSHIPS, VILLAGES, GROUPS = 4, 5, 5
"""Of the county, of each township, of each village."""
FACTS = ELIGIBLE | {"members": 1, "wage_income": "3000.00"}
_FIRST_BORN = date(1950, 1, 1)
_BORN_A_DAY = 500
_HEAD = {
    "name": "张三丰",
    "sex": "male",
    "relation": "head",
    "registration": "rural",
    "ethnicity": "han",
    "education": "primary",
    "schooling": "not_at_school",
    "health": "healthy",
    "labour": "ordinary",
    "migrant_work": "none",
    "minimum_living_allowance": False,
    "medical_insurance": "resident",
    "pension_insurance": "resident",
}


@dataclass(frozen=True, slots=True)
class Household:
    id: str
    group: str

    @property
    def village(self) -> str:
        return ancestor(self.group, "village")

    @property
    def township(self) -> str:
        return ancestor(self.group, "township")


async def settle(caller: Caller) -> None:
    groups = list(_groups())
    codes = {PROVINCE, "500200000000", COUNTY, *groups}
    codes |= {ancestor(group, level) for group in groups for level in ("village", "township")}
    divisions = [{"code": code, "name": f"区划{code}"} for code in sorted(codes)]
    await caller.post("county_officer", PROVINCE, "/divisions", {"divisions": divisions})


async def register(caller: Caller, count: int, *, after: int) -> list[Household]:
    """``count`` households, evenly over the groups; ``after`` so many that were registered before."""
    groups = sorted(islice(_endless(), count))
    lines = [_line(group, serial) for serial, group in enumerate(groups, after)]
    content, media_type = b"\n".join(map(orjson.dumps, lines)), "application/x-ndjson"
    made = await caller.send("county_officer", COUNTY, "/household-imports", content, media_type)
    path = f"/household-imports/{made['id']}"
    job = await caller.finished("county_officer", COUNTY, path)
    assert (job["state"], job["registered"]) == ("succeeded", count), job
    return [Household(line["household_id"], groups[line["line"] - 1]) for line in await _lines(caller, path)]


async def settled(caller: Caller) -> None:
    """Until everything that follows from the calls so far has been done, in every service."""
    while not (await caller.get("operator", COUNTY, "/sandbox/clock?wait=30"))["settled"]:
        pass


async def _lines(caller: Caller, path: str) -> list[Json]:
    page = await caller.get("county_officer", COUNTY, f"{path}/households?limit=1000")
    found: list[Json] = page["items"]
    while page["next"]:
        page = await caller.get("county_officer", COUNTY, f"{path}/households?limit=1000&cursor={page['next']}")
        found += page["items"]
    return found


def _groups() -> Iterator[str]:
    for township in range(1, TOWNSHIPS + 1):
        for village in range(1, VILLAGES + 1):
            for group in range(1, GROUPS + 1):
                yield f"500229{township:03d}{village:03d}{group:03d}"


def _endless() -> Iterator[str]:
    while True:
        yield from _groups()


def _line(group: str, serial: int) -> dict[str, Any]:
    born = _FIRST_BORN + timedelta(days=serial // _BORN_A_DAY)
    body = f"500229{born:%Y%m%d}{serial % _BORN_A_DAY * 2 + 1:03d}"
    member = _HEAD | {"id_number": body + check_digit(body)}
    return {"division": group, "booklet_number": f"bench-{serial}", "members": [member]}
