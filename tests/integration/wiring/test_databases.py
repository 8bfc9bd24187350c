"""A database and a role for each service, closed to the others; made once, by however many at once."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from services.wiring.databases import BUS, Databases
from services.wiring.secrets import Secrets
from services.wiring.servers import GivenServer
from shared.embedded import EmbeddedPostgres

OWNERS = ["households", "audit", BUS]


async def test_each_role_reaches_its_own_database_only(database_server: EmbeddedPostgres, tmp_path: Path) -> None:
    databases = Databases(database_server, Secrets(tmp_path))
    await asyncio.gather(*(databases.create(OWNERS) for _ in range(3)))
    for owner in OWNERS:
        connection = await asyncpg.connect(databases.dsn(owner))
        assert await connection.fetchval("SELECT current_user") == f"jingzhun_{owner}"
        await connection.execute("CREATE TABLE IF NOT EXISTS mine (id int)")
        await connection.close()
    foreign = databases.dsn("audit").replace("/jingzhun_audit?", "/jingzhun_households?")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(foreign)


async def test_secrets_are_kept_and_closed(database_server: EmbeddedPostgres, tmp_path: Path) -> None:
    secrets = Secrets(tmp_path / "secrets")
    password = secrets.password("jingzhun_audit")
    assert Secrets(tmp_path / "secrets").password("jingzhun_audit") == password
    (file,) = (tmp_path / "secrets").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    await Databases(database_server, secrets).create(["audit"])
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(Databases(database_server, Secrets(tmp_path / "others")).dsn("audit"))


async def test_an_administrator_who_is_not_a_superuser(database_server: EmbeddedPostgres, tmp_path: Path) -> None:
    """As clouds give it: a role that may make roles and databases."""
    root = await asyncpg.connect(database_server.dsn("postgres"))
    await root.execute("CREATE ROLE chief LOGIN CREATEDB CREATEROLE PASSWORD 'p/w'")
    server = GivenServer(database_server.dsn("postgres", "chief", "p/w"))
    try:
        await Databases(server, Secrets(tmp_path)).create(["cloud"])
        await Databases(server, Secrets(tmp_path)).create(["cloud"])
        connection = await asyncpg.connect(Databases(server, Secrets(tmp_path)).dsn("cloud"))
        await connection.close()
    finally:
        await root.execute("DROP DATABASE IF EXISTS jingzhun_cloud")
        await root.execute("DROP ROLE IF EXISTS jingzhun_cloud")
        await root.execute("DROP ROLE chief")
        await root.close()


def test_a_given_server_keeps_its_place_and_options() -> None:
    server = GivenServer("postgresql://chief:secret@db.example:6432/x?sslmode=require")
    dsn = urlsplit(server.dsn("jingzhun_audit", "jingzhun_audit", "a/b"))
    assert (dsn.hostname, dsn.port, dsn.path, dsn.query) == ("db.example", 6432, "/jingzhun_audit", "sslmode=require")
    assert (dsn.username, dsn.password) == ("jingzhun_audit", "a%2Fb")
    assert server.dsn("postgres") == "postgresql://chief:secret@db.example:6432/postgres?sslmode=require"
    with pytest.raises(ValueError, match="postgresql://"):
        GivenServer("mysql://db.example/")
