"""A season in whose middle everything is killed, again and again: it ends as if nothing had happened."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from shared.auth.keys import KeyRing
from shared.embedded import discard
from tests.e2e.command_line import Place, free_port, serving
from tests.e2e.modes import one_process
from tests.e2e.played_season import HOUSEHOLDS, Onlooker, play
from tests.fixtures.services import Tokens

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
LIMIT_SECONDS = 120


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    yield Place(free_port(), tmp_path / "data")
    await discard(tmp_path / "data" / "postgres")


async def test_a_season_killed_again_and_again_ends_as_an_undisturbed_one(place: Place, tmp_path: Path) -> None:
    for moment in MOMENTS:
        async with serving(place, *UP) as system:
            playing = await _start_season(place)
            async with _client(place) as client:
                await _archived(_onlooker(client, place), moment)
            await _kill(place, system, playing)
    async with serving(place, *UP):
        playing = await _start_season(place)
        assert await asyncio.wait_for(playing.wait(), LIMIT_SECONDS) == 0
        async with _client(place) as client, one_process(tmp_path / "other") as other:
            killed, undisturbed = _onlooker(client, place), Onlooker(other.client, other.tokens)
            await play(other.url, other.tokens)
            assert await killed.ends() == await undisturbed.ends()
            assert len(await killed.poor()) == len(await undisturbed.poor())
            await _nothing_doubled(killed)


async def _nothing_doubled(onlooker: Onlooker) -> None:
    cases = await onlooker.items("/v1/cases")
    assert len({case["household_id"] for case in cases}) == len(cases)
    assert len(await onlooker.items("/v1/households")) == HOUSEHOLDS
    events = await onlooker.archive()
    assert len({event["id"] for event in events}) == len(events)
    told = [(event["type"], event["subject"], event["sequence"]) for event in events]
    assert len(set(told)) == len(told)


def _client(place: Place) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=place.url, timeout=60)


def _onlooker(client: httpx.AsyncClient, place: Place) -> Onlooker:
    return Onlooker(client, Tokens(KeyRing(place.data / "keys")))


async def _start_season(place: Place) -> asyncio.subprocess.Process:
    words = ("season", "--households", str(HOUSEHOLDS))
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services", *words, env=place.environment(), stdout=asyncio.subprocess.DEVNULL
    )


async def _archived(onlooker: Onlooker, event: str) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while not (await onlooker.get("/v1/events", type=event, limit=1, wait=30))["items"]:
            pass


async def _kill(place: Place, *processes: asyncio.subprocess.Process) -> None:
    """The system, the season and the database server, none of them asked."""
    server = int((place.data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
    for process in processes:
        process.kill()
    with suppress(ProcessLookupError):
        os.kill(server, signal.SIGKILL)
    for process in processes:
        await process.wait()
