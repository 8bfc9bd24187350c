"""A county in which things have happened, and the ids of all there is in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.season.driver import run
from services.wiring.sandbox import officer_of
from shared.embedded import EmbeddedPostgres
from tests.e2e.drawing.bindings import MADE_UP
from tests.e2e.drawing.sound import Bodies, sound_bodies
from tests.e2e.strange_messages import strange_messages
from tests.e2e.strangers import COUNTY, Stranger
from tests.e2e.village import settle_village
from tests.fixtures.services import running_system

_HOUSEHOLDS = 50
_KEPT = 40
_LISTS = {
    "households": ("county_officer", "/households"),
    "cases": ("county_officer", "/cases"),
    "appraisals": ("county_officer", "/appraisals"),
    "publicities": ("county_officer", "/publicities"),
    "reviews": ("county_officer", "/township-reviews"),
    "cleanings": ("county_officer", "/data-cleanings"),
    "announcements": ("county_officer", "/announcements"),
    "datasets": ("county_officer", "/comparison-datasets"),
    "comparisons": ("county_officer", "/comparisons"),
    "suspects": ("county_officer", "/suspects"),
    "tasks": ("county_officer", "/tasks"),
    "letters": ("operator", "/dead-letters"),
}
"""What can be listed as it is: kind, by whom, where."""


@dataclass(frozen=True)
class DrawnCounty:
    stranger: Stranger
    ids: dict[str, list[Any]]
    bodies: Bodies


@asynccontextmanager
async def drawn_county(server: EmbeddedPostgres, data: Path) -> AsyncIterator[DrawnCounty]:
    """After a season, with a village in whose cases much is still open, and with dead letters."""
    async with running_system(server, data) as system:
        await run(system.url, system.tokens.of, households=_HOUSEHOLDS, seed=1)
        stranger = Stranger(system)
        village = await settle_village(stranger)
        bus = system.system.services["identification"].context.bus
        await bus.publish([message for message, _ in strange_messages()])
        await stranger.settled()
        ids = await _ids(stranger) | MADE_UP | {"open": list(village.cases.values())}
        ids["publicities"] += [village.publicity] * len(ids["publicities"])
        ids["suspects"] = list(village.suspects.values())
        yield DrawnCounty(stranger, ids, sound_bodies(village, ids))


async def _ids(stranger: Stranger) -> dict[str, list[str]]:
    found = {kind: [item["id"] for item in await _items(stranger, *where)] for kind, where in _LISTS.items()}
    found["divisions"] = [item["code"] for item in await _items(stranger, "county_officer", "/divisions")]
    found["officers"] = [str(officer_of(role, COUNTY)) for role in ("village_cadre", "resident_cadre", "helper")]
    found["members"] = await _of_each(stranger, found["households"], "/households/{}/members")
    found["objections"] = await _of_each(stranger, found["publicities"], "/publicities/{}/objections")
    paper = await stranger.upload("/evidence", b"drawn", "text/plain", "county_officer", COUNTY)
    found["evidence"] = [paper.json()["digest"]]
    return found


async def _of_each(stranger: Stranger, owners: list[str], path: str) -> list[str]:
    found = [await _items(stranger, "county_officer", path.format(owner)) for owner in owners]
    return [item["id"] for items in found for item in items][:_KEPT]


async def _items(stranger: Stranger, role: str, path: str) -> list[dict[str, Any]]:
    """Few of them: what is drawn from shall be met again."""
    answer = await stranger.get(f"{path}", role)
    assert answer.status_code == 200, (path, answer.text)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items[:_KEPT]
