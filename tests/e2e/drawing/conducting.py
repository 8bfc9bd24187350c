"""A county, the drawing over it, and afterwards, when all is quiet, a second look at what was refused."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.embedded import EmbeddedPostgres
from tests.e2e.drawing.county import drawn_county
from tests.e2e.drawing.plan import Outcome, Plan
from tests.e2e.strangers import Stranger

_LOOKED_AT = 150
_LOOKS = 3
"""A letter that was replayed dies again in its own time: what a refused command leaves, it leaves each time."""


@dataclass(frozen=True)
class Report:
    """``touched`` are commands that were refused and changed something all the same, of ``looked_at``."""

    outcome: Outcome
    looked_at: int
    touched: list[str]

    @property
    def good(self) -> bool:
        return self.outcome.good and not self.outcome.server_errors and not self.touched

    def lines(self) -> Iterator[str]:
        yield from (f"refused, and changed something: {command}" for command in self.touched)
        yield f"refused commands sent once more {self.looked_at} that changed something {len(self.touched)}"
        yield from self.outcome.lines()


async def draw(server: EmbeddedPostgres, folder: Path, requests: int, seed: int) -> Report:
    async with drawn_county(server, folder / "data") as county:
        settings = county.stranger.system.settings
        plan = Plan(county.stranger.system.url, str(settings.keys), seed, requests, county.ids, county.bodies)
        outcome = await draw_from(plan, folder)
        return Report(outcome, *await _again(county.stranger, outcome.refused[:_LOOKED_AT]))


async def draw_from(plan: Plan, folder: Path) -> Outcome:
    told, heard = folder / "plan.json", folder / "outcome.json"
    plan.write(told)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "tests.e2e.drawing.engine", str(told), str(heard)
    )
    try:
        status = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert status == 0, "the drawing itself failed"
    return Outcome.read(heard)


async def _again(stranger: Stranger, refused: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """(how many were refused once more, those of them that left a trace)"""
    looked_at, touched = 0, []
    for command in refused:
        traces = [await _traces_of(stranger, command)]
        while traces[-1] and len(traces) < _LOOKS:
            traces.append(await _traces_of(stranger, command))
        looked_at += traces[0] is not None
        if all(traces):
            touched.append(f"{command['method']} {command['url']} {command['code']}")
    return looked_at, touched


async def _traces_of(stranger: Stranger, command: dict[str, Any]) -> bool | None:
    """Whether anything has changed since before; null where the command is not refused any more."""
    before = await stranger.traces()
    answer = await stranger.system.client.request(
        command["method"], command["url"], headers=command["headers"], content=bytes.fromhex(command["body"])
    )
    return await stranger.traces() != before if answer.status_code >= 400 else None
