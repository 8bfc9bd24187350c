"""A backup in the middle of a season: restored elsewhere, the season ends as an undisturbed one."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.wiring.backup import backup
from shared.embedded import discard
from shared.settings import Settings
from tests.e2e.command_line import Place, command, free_port, serving
from tests.e2e.interrupted import LIMIT_SECONDS, archived, client, kill, nothing_doubled, onlooker, start_season
from tests.e2e.modes import one_process
from tests.e2e.played_season import Onlooker, names_of, play

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
MOMENT, LATER = "application_accepted", "household_identified"
"""When the first event of this kind is archived, the backup begins, and the season goes on."""


@pytest_asyncio.fixture(loop_scope="session")
async def places(tmp_path: Path) -> AsyncIterator[tuple[Place, Place]]:
    made = Place(free_port(), tmp_path / "first"), Place(free_port(), tmp_path / "second")
    yield made
    for place in made:
        if (place.data / "postgres").exists():
            await discard(place.data / "postgres")


async def test_a_restored_system_goes_on_without_loss_or_doubling(places: tuple[Place, Place], tmp_path: Path) -> None:
    first, second = places
    copy = tmp_path / "backup"
    async with serving(first, "up", "--sandbox") as system:
        playing = await start_season(first)
        async with client(first) as reader:
            await archived(onlooker(reader, first), MOMENT)
            print(await backup(Settings(data=first.data), copy))
        await kill(first, system, playing)
    status, output, errors = await command(second, "restore", str(copy))
    assert status == 0, errors
    print(output)
    async with serving(second, "up"):
        async with client(second) as reader:
            names = names_of(await onlooker(reader, second).archive())
            assert names[MOMENT]
            assert not names[LATER], "the backup was taken too late to try anything"
        playing = await start_season(second)
        assert await asyncio.wait_for(playing.wait(), LIMIT_SECONDS) == 0
        async with client(second) as reader, one_process(tmp_path / "other") as other:
            restored, undisturbed = onlooker(reader, second), Onlooker(other.client, other.tokens)
            await play(other.url, other.tokens)
            assert await restored.ends() == await undisturbed.ends()
            assert len(await restored.poor()) == len(await undisturbed.poor())
            await nothing_doubled(restored)
            await _nothing_lost(restored)


async def _nothing_lost(onlooker: Onlooker) -> None:
    """Every change of a case told its event, and every event came to the archive."""
    told: dict[str, set[int]] = defaultdict(set)
    for event in await onlooker.archive():
        told[event["subject"]].add(event["sequence"])
    cases = {case["id"]: case["version"] for case in await onlooker.items("/v1/cases")}
    assert {case: told[case] for case in cases} == {case: set(range(1, last + 1)) for case, last in cases.items()}
