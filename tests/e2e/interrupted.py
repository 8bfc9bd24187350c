"""A season and its system as processes of their own, what kills them, and what must be true afterwards."""

import asyncio
import os
import signal
import sys
from contextlib import suppress

import httpx

from shared.auth.keys import KeyRing
from tests.e2e.command_line import Place
from tests.e2e.played_season import HOUSEHOLDS, Onlooker
from tests.fixtures.services import Tokens

LIMIT_SECONDS = 120


async def nothing_doubled(onlooker: Onlooker) -> None:
    cases = await onlooker.items("/v1/cases")
    assert len({case["household_id"] for case in cases}) == len(cases)
    assert len(await onlooker.items("/v1/households")) == HOUSEHOLDS
    events = await onlooker.archive()
    assert len({event["id"] for event in events}) == len(events)
    told = [(event["type"], event["subject"], event["sequence"]) for event in events]
    assert len(set(told)) == len(told)


def client(place: Place) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=place.url, timeout=60)


def onlooker(client: httpx.AsyncClient, place: Place) -> Onlooker:
    return Onlooker(client, Tokens(KeyRing(place.data / "keys")))


async def start_season(place: Place) -> asyncio.subprocess.Process:
    words = ("season", "--households", str(HOUSEHOLDS))
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services", *words, env=place.environment(), stdout=asyncio.subprocess.DEVNULL
    )


async def archived(onlooker: Onlooker, event: str) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while not (await onlooker.get("/v1/events", type=event, limit=1, wait=30))["items"]:
            pass


async def kill(place: Place, *processes: asyncio.subprocess.Process) -> None:
    """The system, the season and the database server, none of them asked."""
    server = int((place.data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
    for process in processes:
        with suppress(ProcessLookupError):
            process.kill()
    with suppress(ProcessLookupError):
        os.kill(server, signal.SIGKILL)
    for process in processes:
        await process.wait()
