"""The batch insert that every bare carrier ends in: what identification's projection keeps, without its safety."""

from collections.abc import Iterable
from typing import Any

import orjson


def row_of(key: str, division: str, sequence: str, value: bytes) -> tuple[str, str, bool, int]:
    return key, division, orjson.loads(value)["in_scope"], int(sequence)


async def insert(connection: Any, rows: Iterable[tuple[str, str, bool, int]]) -> None:
    await connection.execute(
        """INSERT INTO known_households (id, division, in_scope, version)
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::int[])""",
        *map(list, zip(*rows, strict=True)),
    )
