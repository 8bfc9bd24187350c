"""The tables of the bus's own database, and their versions."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.bus.postgres.connection import Connection

SCHEMA_LOCK = 0x62757376
APPEND_LOCK = 0x62757361

VERSIONS = (
    """
    CREATE TABLE topics (
        name text PRIMARY KEY,
        shards smallint NOT NULL CHECK (shards > 0)
    );

    -- ``trimmed``: the highest position that retention has removed.
    CREATE TABLE shards (
        topic text NOT NULL REFERENCES topics (name),
        shard smallint NOT NULL,
        trimmed bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (topic, shard)
    );

    CREATE TABLE log (
        topic text NOT NULL,
        shard smallint NOT NULL,
        position bigint GENERATED ALWAYS AS IDENTITY,
        key text NOT NULL,
        event_id text,
        headers jsonb NOT NULL,
        value bytea NOT NULL,
        published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (topic, shard, position),
        UNIQUE (topic, event_id)
    );
    CREATE INDEX log_by_age ON log USING brin (published_at);

    -- ``position``: everything up to it is acknowledged. ``id`` names the cursor's advisory lock.
    CREATE TABLE cursors (
        id integer GENERATED ALWAYS AS IDENTITY UNIQUE,
        consumer_group text NOT NULL,
        topic text NOT NULL,
        shard smallint NOT NULL,
        position bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (consumer_group, topic, shard)
    );

    -- A member is alive while the advisory lock named by its ``id`` is held.
    CREATE TABLE members (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        consumer_group text NOT NULL,
        topics text[] NOT NULL
    );
    """,
)
"""One entry a version, applied in order; an entry that was released is never edited."""


async def prepare_schema(connection: "Connection") -> None:
    """Bring the database to the newest version. Raises ``RuntimeError`` where it is newer than this build."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", SCHEMA_LOCK)
        await connection.execute("CREATE TABLE IF NOT EXISTS bus_schema (version integer PRIMARY KEY)")
        found: int = await connection.fetchval("SELECT coalesce(max(version), 0) FROM bus_schema")
        if found > len(VERSIONS):
            raise RuntimeError(f"the bus database has version {found}, this build knows {len(VERSIONS)}")
        for number, statements in enumerate(VERSIONS[found:], found + 1):
            await connection.execute(statements)
            await connection.execute("INSERT INTO bus_schema (version) VALUES ($1)", number)
