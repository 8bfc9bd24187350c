"""From the shadow to the table itself: only what differs is written, so readers are never held up."""

from dataclasses import dataclass

from shared.database.transaction import Connection
from shared.rebuild.projection import Columns, Rows, Shape
from shared.rebuild.shadow import SCHEMA


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows of the table before and after, and how many of them were wrong, missing, or too many."""

    before: int
    after: int
    differed: int


async def merge(connection: "Connection", shape: Shape) -> Merged:
    """In the caller's transaction, while no consumer writes the projection."""
    before = await _count(connection, shape)
    match shape:
        case Rows():
            # A command may enter what an event is still to tell: it waits, so that no two wait for each other.
            await connection.execute(f"LOCK TABLE public.{shape.table} IN SHARE ROW EXCLUSIVE MODE")
            before = await _count(connection, shape)
            differed = await _delete_strangers(connection, shape) + await _put_rows(connection, shape)
        case Columns():
            differed = await _put_columns(connection, shape)
    return Merged(before, await _count(connection, shape), differed)


async def _delete_strangers(connection: "Connection", shape: Rows) -> int:
    return _rows_of(
        await connection.execute(
            f"""DELETE FROM public.{shape.table} AS live WHERE NOT EXISTS (
                    SELECT FROM {SCHEMA}.{shape.table} AS shadow WHERE shadow.{shape.key} = live.{shape.key})"""  # noqa: S608  # the code's own names
        )
    )


async def _put_rows(connection: "Connection", shape: Rows) -> int:
    columns = await _columns(connection, shape)
    return _rows_of(
        await connection.execute(
            f"""INSERT INTO public.{shape.table} AS live ({", ".join(columns)})
                SELECT {", ".join(columns)} FROM {SCHEMA}.{shape.table}
                ON CONFLICT ({shape.key}) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in columns)}
                WHERE {_row("live", columns)} IS DISTINCT FROM {_row("excluded", columns)}"""  # noqa: S608  # the same
        )
    )


async def _put_columns(connection: "Connection", shape: Columns) -> int:
    """Rows are locked in the order of their keys, as commands lock them."""
    columns = list(shape.initial)
    return _rows_of(
        await connection.execute(
            f"""WITH wrong AS (
                    SELECT live.{shape.key} FROM public.{shape.table} AS live
                    JOIN {SCHEMA}.{shape.table} AS shadow USING ({shape.key})
                    WHERE {_row("live", columns)} IS DISTINCT FROM {_row("shadow", columns)}
                    ORDER BY live.{shape.key} FOR UPDATE OF live)
                UPDATE public.{shape.table} AS live SET {", ".join(f"{name} = shadow.{name}" for name in columns)}
                FROM wrong JOIN {SCHEMA}.{shape.table} AS shadow USING ({shape.key})
                WHERE live.{shape.key} = wrong.{shape.key}"""  # noqa: S608  # the same
        )
    )


async def _columns(connection: "Connection", shape: Rows) -> list[str]:
    rows = await connection.fetch(
        """SELECT attname FROM pg_attribute
           WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum""",
        f"public.{shape.table}",
    )
    return [row["attname"] for row in rows]


async def _count(connection: "Connection", shape: Shape) -> int:
    counted: int = await connection.fetchval(f"SELECT count(*) FROM public.{shape.table}")  # noqa: S608  # the same
    return counted


def _row(table: str, columns: list[str]) -> str:
    return f"ROW({', '.join(f'{table}.{name}' for name in columns)})"


def _rows_of(tag: str) -> int:
    """``INSERT 0 5``, ``UPDATE 5``"""
    return int(tag.rpartition(" ")[2])
