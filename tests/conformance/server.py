"""Databases for the suite, and a server that can be stopped and started again at the same address."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_plus
from uuid import uuid4

import asyncpg

from shared.embedded import EmbeddedPostgres
from tests.fixtures.postgres import FAST


class Databases:
    """``dsn`` gives the address of a database by its name."""

    def __init__(self, dsn: Callable[[str], str]) -> None:
        self._dsn = dsn

    async def create(self, purpose: str) -> str:
        """The address of a new, empty database."""
        name = f"{purpose}_{uuid4().hex}"
        connection = await asyncpg.connect(self._dsn("postgres"))
        try:
            await connection.execute(f'CREATE DATABASE "{name}"')
        finally:
            await connection.close()
        return self._dsn(name)


class Server:
    """One that the test may stop. Stopped properly, it loses nothing, however fast its settings."""

    def __init__(self, folder: Path) -> None:
        self._postgres = EmbeddedPostgres(folder / "data", settings=FAST)
        self._address = folder / "socket"
        self.databases = Databases(self._dsn)

    async def start(self) -> None:
        await self._postgres.start()
        self._address.unlink(missing_ok=True)
        self._address.symlink_to(self._postgres.sockets)

    async def stop(self) -> None:
        await self._postgres.stop()

    def _dsn(self, database: str) -> str:
        real = quote_plus(str(self._postgres.sockets))
        return self._postgres.dsn(database).replace(real, quote_plus(str(self._address)))
