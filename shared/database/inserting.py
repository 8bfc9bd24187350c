"""Many rows into one table: a statement for each where they are few, ``COPY`` where they are many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.database.transaction import Connection

FEW = 8
"""Up to here statements sent together cost less than the second round trip of ``COPY``; beyond, up to twice as much."""


async def insert_rows(
    connection: "Connection", table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """In their order."""
    if len(rows) > FEW:
        await connection.copy_records_to_table(table, records=rows, columns=columns)
    elif rows:
        places = ", ".join(f"${place}" for place in range(1, len(columns) + 1))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - names of our own
        await connection.executemany(statement, rows)
