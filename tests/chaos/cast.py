"""Everybody who can be hurt: the database server, the broker, and every replica of every service."""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import aiohttp
import asyncpg

from tests.chaos.member import Member
from tests.chaos.place import Place
from tests.chaos.plan import BROKER, DATABASE

PROJECT = Path(__file__).parents[2]
BROKER_SCRIPT = PROJECT / "deploy" / "kafka" / "broker.sh"
_ASKED_SECONDS = 2.0


def database(place: Place) -> Member:
    """Hurt are the server and all its sessions, not the process that looks after it."""
    command: list[str | Path] = [sys.executable, "-m", "tests.chaos.database", place.postgres, place.sockets]
    pid_file = place.postgres / "cluster" / "postmaster.pid"

    def server(_: int) -> Sequence[int]:
        with suppress(OSError, ValueError, IndexError):
            postmaster = int(pid_file.read_text().split()[0])
            return (postmaster, *_children(postmaster))
        return ()

    async def ready() -> bool:
        with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection = await asyncpg.connect(place.server("postgres"), timeout=_ASKED_SECONDS)
            await connection.close(timeout=_ASKED_SECONDS)
            return True
        return False

    return Member(DATABASE, command, {}, ready, place.logs / "database.log", server)


def broker(place: Place) -> Member:
    async def ready() -> bool:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(_ASKED_SECONDS):
                _, writer = await asyncio.open_connection("127.0.0.1", place.broker_port)
            writer.close()
            return True
        return False

    command: list[str | Path] = [BROKER_SCRIPT, place.folder / "kafka", str(place.broker_port)]
    return Member(BROKER, command, {}, ready, place.logs / "broker.log")


def services(place: Place, entry: str) -> list[Member]:
    """``entry``: the module that is run, so that a broken build can stand in for the real one."""
    return [_service(place, entry, service, name) for service, names in place.replicas.items() for name in names]


def _service(place: Place, entry: str, service: str, replica: str) -> Member:
    listen = str(place.ports[replica])
    places: list[str | Path] = ["--port", str(place.ports["gateway"]), "--data", place.data, "--listen", listen]

    async def ready() -> bool:
        with suppress(aiohttp.ClientError, TimeoutError):
            timeout = aiohttp.ClientTimeout(total=_ASKED_SECONDS)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(f"{place.url_of(replica)}/{_QUESTION.get(service, 'readyz')}") as answer,
            ):
                return answer.status == 200
        return False

    command: list[str | Path] = [sys.executable, "-m", entry, "serve", service, *places]
    return Member(replica, command, place.environment(), ready, place.logs / f"{replica}.log")


_QUESTION = {"gateway": "healthz"}
"""The gateway is ready when all others are; here it is asked whether it lives."""


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(entry.name))
    return found
