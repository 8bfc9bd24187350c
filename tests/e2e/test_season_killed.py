"""A season in whose middle everything is killed, again and again: it ends as if nothing had happened."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.embedded import discard
from tests.e2e.command_line import Place, free_port, serving
from tests.e2e.interrupted import LIMIT_SECONDS, archived, client, kill, nothing_doubled, onlooker, start_season
from tests.e2e.modes import one_process
from tests.e2e.played_season import Onlooker, play

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
UP = ("up", "--sandbox")
MOMENTS = (
    "household_registered",
    "application_accepted",
    "objection_raised",
    "household_surveyed",
    "suspect_reverified",
    "data_issue_found",
)
"""Each time the first event of this kind has reached the archive, everything dies."""


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    yield Place(free_port(), tmp_path / "data")
    await discard(tmp_path / "data" / "postgres")


async def test_a_season_killed_again_and_again_ends_as_an_undisturbed_one(place: Place, tmp_path: Path) -> None:
    for moment in MOMENTS:
        async with serving(place, *UP) as system:
            playing = await start_season(place)
            async with client(place) as reader:
                await archived(onlooker(reader, place), moment)
            await kill(place, system, playing)
    async with serving(place, *UP):
        playing = await start_season(place)
        assert await asyncio.wait_for(playing.wait(), LIMIT_SECONDS) == 0
        async with client(place) as reader, one_process(tmp_path / "other") as other:
            killed, undisturbed = onlooker(reader, place), Onlooker(other.client, other.tokens)
            await play(other.url, other.tokens)
            assert await killed.ends() == await undisturbed.ends()
            assert len(await killed.poor()) == len(await undisturbed.poor())
            await nothing_doubled(killed)
