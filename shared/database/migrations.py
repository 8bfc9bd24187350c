"""Migrations by Alembic: one history and one version table per service, under an advisory lock."""

import asyncio
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

MIGRATION_LOCK = 7_000
VERSION_TABLE = "schema_version"


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


async def migrate(dsn: str, metadata: MetaData, folder: Path) -> str | None:
    """Bring the database to the newest revision and tell which it is."""

    def upgrade(connection: Connection) -> str | None:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        script = ScriptDirectory.from_config(_config(folder))

        def steps(revision: Any, _: Any) -> Any:
            return script._upgrade_revs("head", revision)

        environment = EnvironmentContext(_config(folder), script, fn=steps)
        environment.configure(connection=connection, target_metadata=metadata, version_table=VERSION_TABLE)
        with environment:
            environment.run_migrations()
        head: str | None = script.get_current_head()
        return head

    head: str | None = await _with_connection(dsn, upgrade)
    return head


async def differences(dsn: str, metadata: MetaData) -> list[Any]:
    """What the database lacks or has beyond the models; empty where they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(
            connection,
            opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": False},
        )
        return list(compare_metadata(context, metadata))

    found: list[Any] = await _with_connection(dsn, compare)
    return found


def draft(dsn: str, metadata: MetaData, folder: Path, message: str, revision: str) -> None:
    """Write a new revision from the difference between models and database."""

    def generate(connection: Connection) -> None:
        config = _config(folder)
        config.attributes["connection"] = connection
        script = ScriptDirectory.from_config(config)
        from alembic.autogenerate.api import RevisionContext

        context = RevisionContext(
            config,
            script,
            {
                "message": message,
                "autogenerate": True,
                "sql": False,
                "head": "head",
                "splice": False,
                "branch_label": None,
                "version_path": None,
                "rev_id": revision,
                "depends_on": None,
            },
        )

        def retrieve(revisions: Any, migration_context: Any) -> list[Any]:
            context.run_autogenerate(revisions, migration_context)
            return []

        environment = EnvironmentContext(config, script, fn=retrieve, template_args=context.template_args)
        environment.configure(
            connection=connection, target_metadata=metadata, version_table=VERSION_TABLE, compare_type=True
        )
        with environment:
            environment.run_migrations()
        list(context.generate_scripts())

    asyncio.run(_with_connection(dsn, generate))


async def _with_connection(dsn: str, work: Any) -> Any:
    engine = create_async_engine(dsn.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()
