"""A PostgreSQL server for the suite, which can be stopped and started again at the same address."""

from itertools import count
from pathlib import Path
from urllib.parse import quote_plus

import asyncpg

from shared.embedded import EmbeddedPostgres

_NUMBERS = count(1)


class Server:
    def __init__(self, folder: Path) -> None:
        # Processes are killed here, never the machine: what the kernel holds is safe.
        self._postgres = EmbeddedPostgres(folder / "data", settings={"fsync": "off", "shared_buffers": "64MB"})
        self._address = folder / "socket"

    async def start(self) -> None:
        await self._postgres.start()
        self._address.unlink(missing_ok=True)
        self._address.symlink_to(self._postgres.sockets)

    async def stop(self) -> None:
        await self._postgres.stop()

    def dsn(self, database: str) -> str:
        return self._postgres.dsn(database).replace(*self._places())

    async def create_database(self, purpose: str) -> str:
        """The address of a new, empty database."""
        name = f"{purpose}_{next(_NUMBERS)}"
        connection = await asyncpg.connect(self.dsn("postgres"))
        try:
            await connection.execute(f'CREATE DATABASE "{name}"')
        finally:
            await connection.close()
        return self.dsn(name)

    def _places(self) -> tuple[str, str]:
        return quote_plus(str(self._postgres.sockets)), quote_plus(str(self._address))
