"""Migrations by Alembic: one history and one version table per service, under an advisory lock."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import asyncpg
from alembic.autogenerate import compare_metadata
from alembic.autogenerate.api import RevisionContext
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import AutoString

MIGRATION_LOCK = 7_000
VERSION_TABLE = "schema_version"
_TEMPLATE = Path(__file__).with_name("revisions")
Result = TypeVar("Result")


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_TEMPLATE))
    config.set_main_option("version_locations", str(folder / "versions"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


async def migrate(dsn: str, metadata: MetaData, folder: Path) -> str | None:
    """Bring the database to the newest revision and tell which it is."""

    def upgrade(connection: Connection) -> str | None:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        script = ScriptDirectory.from_config(_config(folder))
        _run(connection, metadata, folder, script, lambda revision, _: script._upgrade_revs("head", revision))
        return script.get_current_head()

    return await _connected(dsn, upgrade)


async def is_behind(dsn: str, folder: Path) -> bool:
    """Whether the database lacks a revision of the folder. One that a newer program has migrated lacks nothing."""
    connection = await asyncpg.connect(dsn)
    try:
        known = await connection.fetchval("SELECT to_regclass($1)", VERSION_TABLE)
        current = await connection.fetchval(f"SELECT version_num FROM {VERSION_TABLE}") if known else None  # noqa: S608
    finally:
        await connection.close()
    script = ScriptDirectory.from_config(_config(folder))
    earlier = {each.revision for each in script.walk_revisions()} - {script.get_current_head()}
    return current is None or current in earlier


async def differences(dsn: str, metadata: MetaData) -> list[Any]:
    """What the database lacks or has beyond the models; empty where they agree."""

    def compare(connection: Connection) -> list[Any]:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    return await _connected(dsn, compare)


async def draft(dsn: str, metadata: MetaData, folder: Path, message: str) -> None:
    """Write the next revision from the difference between the models and a database that is up to date."""

    def generate(connection: Connection) -> None:
        script = ScriptDirectory.from_config(_config(folder))
        number = f"{len(list(script.walk_revisions())) + 1:04d}"
        wanted = {"message": message, "autogenerate": True, "sql": False, "head": "head", "splice": False}
        unset = dict.fromkeys(("branch_label", "depends_on"))
        place = {"version_path": str(folder / "versions"), "rev_id": number}
        revision = RevisionContext(_config(folder), script, wanted | unset | place)

        def find(current: Any, context: MigrationContext) -> list[Any]:
            revision.run_autogenerate(current, context)
            return []

        _run(connection, metadata, folder, script, find)
        list(revision.generate_scripts())

    await _connected(dsn, generate)


def _run(
    connection: Connection,
    metadata: MetaData,
    folder: Path,
    script: ScriptDirectory,
    steps: Callable[[Any, MigrationContext], Any],
) -> None:
    with EnvironmentContext(_config(folder), script, fn=steps) as environment:
        environment.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=VERSION_TABLE,
            compare_type=True,
            render_item=_render,
        )
        environment.run_migrations()


def _render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """SQLModel's own string type is a plain string."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


async def _connected(dsn: str, work: Callable[[Connection], Result]) -> Result:
    engine = create_async_engine(dsn.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()
