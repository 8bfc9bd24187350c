"""What readiness says: the worst of many, a disk that runs full, a consumer that takes nothing."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest

from shared.context import ServiceContext
from shared.delivery import metrics
from shared.runtime import standing
from shared.runtime.standing import READY, SILENT, STUCK_SECONDS, Inspection, degraded, together

GIB = 1024**3


def test_the_worst_counts_and_every_reason_is_told() -> None:
    letters = degraded("两个死信", "two dead letters")
    assert together({"a": READY, "b": READY}) == READY
    assert together({"a": READY, "b": letters}).serves
    both = together({"a": SILENT, "b": letters, "c": READY})
    assert (both.serves, both.state) == (False, "unready")
    assert both.reason == "a: 没有应答 · does not answer; b: 两个死信 · two dead letters"
    assert "\n" not in both.reason


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("total", "free", "state"),
    [
        (100 * GIB, 50 * GIB, None),
        (100 * GIB, 2 * GIB, None),
        (100 * GIB, GIB - 1, "degraded"),
        (4 * GIB, GIB // 2, None),
        (4 * GIB, GIB // 8, "degraded"),
        (100 * GIB, 10 * 1024**2, "unready"),
    ],
)
def test_a_disk_that_runs_full(monkeypatch: pytest.MonkeyPatch, total: int, free: int, state: str | None) -> None:
    monkeypatch.setattr(standing.shutil, "disk_usage", lambda _: Usage(total, total - free, free))
    found = standing.disk_standing(Path())
    assert (found.state if found else None) == state


class Row(NamedTuple):
    dead: int
    old: int


class World:
    """A service's surroundings as the inspection sees them."""

    def __init__(self, folder: Path) -> None:
        self.lag = 0
        self.parked: Mapping[str, int] = {"dead": 0, "old": 0}
        self.now = 1000.0
        self.service = folder.name
        database = SimpleNamespace(connection=self._connection)
        bus = SimpleNamespace(check=self._check, lag=self._lag)
        settings = SimpleNamespace(data=folder)
        self.context = cast(
            ServiceContext,
            SimpleNamespace(name=self.service, database=database, bus=bus, settings=settings, consumes=("topic",)),
        )

    def _connection(self) -> Any:
        return self

    async def __aenter__(self) -> Any:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    async def fetchrow(self, *_: object) -> Mapping[str, int]:
        return self.parked

    async def _check(self) -> None:
        pass

    async def _lag(self, *_: object) -> Mapping[tuple[str, int], int]:
        return {("topic", 0): self.lag}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(tmp_path)
    monkeypatch.setattr(standing.time, "monotonic", lambda: made.now)
    monkeypatch.setattr(standing.shutil, "disk_usage", lambda _: Usage(100 * GIB, 0, 100 * GIB))
    return made


async def test_dead_letters_and_events_that_go_on_failing_are_told(world: World) -> None:
    inspection = Inspection(world.context)
    assert await inspection.standing() == READY
    world.parked = {"dead": 0, "old": 2}
    assert "2 events have failed" in (await inspection.standing()).reason
    world.parked = {"dead": 3, "old": 3}
    told = await inspection.standing()
    assert (told.serves, told.reason) == (True, "3 个死信等待处理 · 3 dead letters wait for an operator")


async def test_a_consumer_is_stuck_when_nothing_was_taken_for_long(world: World) -> None:
    inspection = Inspection(world.context)
    world.lag = 7
    assert await inspection.standing() == READY
    world.now += STUCK_SECONDS - 1
    assert await inspection.standing() == READY
    world.now += 1
    told = await inspection.standing()
    assert (told.state, told.reason) == ("degraded", "7 条消息等待处理，没有进展 · 7 messages wait and none is taken")


@pytest.mark.parametrize("progress", ["fewer", "taken", "none left"])
async def test_a_consumer_that_gets_on_is_not_stuck(world: World, progress: str) -> None:
    inspection = Inspection(world.context)
    world.lag = 7
    for _ in range(5):
        assert await inspection.standing() == READY
        world.now += STUCK_SECONDS - 1
        if progress == "fewer":
            world.lag -= 1
        elif progress == "none left":
            world.lag = 0
        else:
            world.lag += 1
            metrics.handled.labels(world.service).inc()
