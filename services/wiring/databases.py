"""A database and a role for each service and for the bus; CONNECT is its own role's alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from services.wiring.secrets import Secrets
from services.wiring.servers import DatabaseServer

BUS = "bus"
CREATION_LOCK = 0x6A7A6462
_SILENT = {"log_min_messages": "log", "log_min_error_statement": "panic", "log_error_verbosity": "terse"}
"""A failing statement's text and values are personal data; whoever sent it is told, the server's log is not."""


class Databases:
    """``dsn(owner)`` is how a service (or the bus) reaches its own database with its own role."""

    def __init__(self, server: DatabaseServer, secrets: Secrets) -> None:
        self._server = server
        self._secrets = secrets

    def dsn(self, owner: str) -> str:
        return self._server.dsn(role_of(owner), role_of(owner), self._secrets.password(role_of(owner)))

    async def create(self, owners: list[str]) -> None:
        """Make what is missing and set every right anew. Safe to repeat, and by several at once."""
        async with self._administrator() as connection:
            await connection.execute("SELECT pg_advisory_lock($1)", CREATION_LOCK)
            for owner in owners:
                await _ensure_role(connection, role_of(owner), self._secrets.password(role_of(owner)))
                await _ensure_database(connection, role_of(owner))

    @asynccontextmanager
    async def _administrator(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        connection = await asyncpg.connect(self._server.dsn("postgres"))
        try:
            yield connection
        finally:
            await connection.close()


def role_of(owner: str) -> str:
    """The name of the owner's role and of its database. A word of the topology, so that it may stand in a statement."""
    if not owner.isidentifier():
        raise ValueError(f"{owner} cannot name a database")
    return f"jingzhun_{owner}"


async def _ensure_role(connection: "asyncpg.Connection[asyncpg.Record]", name: str, password: str) -> None:
    if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", name):
        await connection.execute(f"CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
    quoted = await connection.fetchval("SELECT quote_literal($1)", password)
    await connection.execute(f"ALTER ROLE {name} PASSWORD {quoted}")
    if await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        for setting, value in _SILENT.items():
            await connection.execute(f"ALTER ROLE {name} SET {setting} = '{value}'")
    else:  # who may make databases only for roles whose member it is, and set nothing of the server's log
        await connection.execute(f"GRANT {name} TO CURRENT_USER")


async def _ensure_database(connection: "asyncpg.Connection[asyncpg.Record]", name: str) -> None:
    if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
        await connection.execute(f"CREATE DATABASE {name} OWNER {name}")
    await connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    await connection.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {name}")
