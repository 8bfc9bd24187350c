"""The shadow of a projection: a schema of its own with the one table that the handlers find there.

Its connection sees no other schema, so a handler that reached for any other table would fail instead of touching it.
What a killed rebuild leaves is this schema alone; the next one removes it.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from shared.database.transaction import Connection, Transaction
from shared.rebuild.projection import Columns, Rows, Shape

SCHEMA = "rebuild"
EVENTS_READ = f"{SCHEMA}.events_read"


class SilentTransaction(Transaction):
    """What happened was told when it happened: nothing is told again."""

    def send(self, topic: str, key: str, headers: Mapping[str, str], value: bytes) -> None:
        pass


async def create(connection: "Connection", shape: Shape) -> None:
    """An empty shadow (for columns: with every row as it is before any event), the only thing in sight."""
    await remove(connection)
    await connection.execute(
        f"""CREATE SCHEMA {SCHEMA};
            CREATE UNLOGGED TABLE {EVENTS_READ} (
                event_id uuid PRIMARY KEY, applied boolean NOT NULL, published_at timestamptz NOT NULL)"""
    )
    match shape:
        case Rows(table):
            await connection.execute(f"CREATE UNLOGGED TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
        case Columns():
            await _create_columns(connection, shape)
    await connection.execute(f"SET search_path TO {SCHEMA}")


async def remove(connection: "Connection") -> None:
    await connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


async def _create_columns(connection: "Connection", shape: Columns) -> None:
    table, names = f"{SCHEMA}.{shape.table}", ", ".join((shape.key, *shape.initial, *shape.incidental))
    await connection.execute(
        f"""CREATE UNLOGGED TABLE {table} AS SELECT {names} FROM public.{shape.table} WITH NO DATA;
            ALTER TABLE {table} ADD PRIMARY KEY ({shape.key})"""  # noqa: S608  # the code's own names
    )
    for column, value in shape.initial.items():
        literal = await connection.fetchval("SELECT quote_nullable($1::text)", None if value is None else str(value))
        await connection.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {literal}")
    await connection.execute(
        f"INSERT INTO {table} ({shape.key}) SELECT {shape.key} FROM public.{shape.table}"  # noqa: S608  # the same
    )


async def add_rows(connection: "Connection", shape: Shape, events: Iterable[Any]) -> None:
    """Rows that the service has made since, as far as these events speak of them."""
    if not isinstance(shape, Columns):
        return
    subjects: list[UUID] = sorted({shape.subject(event) for event in events})
    await connection.execute(
        f"""INSERT INTO {SCHEMA}.{shape.table} ({shape.key})
            SELECT {shape.key} FROM public.{shape.table} WHERE {shape.key} = ANY($1) ON CONFLICT DO NOTHING""",  # noqa: S608  # the same
        subjects,
    )
