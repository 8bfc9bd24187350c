"""What a transaction leaves behind when it ends: its events in the outbox and its answer, in one statement."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import orjson

from shared.bus.port import Message
from shared.bus.topics import LARGEST_EVENT, refuse_oversized
from shared.database.idempotency import Answer, CommandKey
from shared.database.inserting import FEW, insert_rows

if TYPE_CHECKING:
    from shared.database.transaction import Connection

_BYTES_A_CHARACTER = 4
_ANSWER = """
    UPDATE idempotency_keys SET status = ${}, headers = ${}, body = ${}
    WHERE principal = ${} AND route = ${} AND key = ${}"""


def outbox_shard(key: str, shards: int) -> int:
    return crc32(key.encode()) % shards


class Row(NamedTuple):
    """``headers`` are JSON already: a list's thousands of events wait in memory as bytes, not as dictionaries."""

    shard: int
    topic: str
    key: str
    headers: orjson.Fragment
    value: bytes


def row_of(topic: str, key: str, headers: Mapping[str, str], value: bytes, shards: int) -> Row:
    """Raises ``EventTooLarge``."""
    written = orjson.dumps(headers, default=dict)
    # As JSON, headers are larger than they are: what fits so needs no counting.
    if len(written) + len(key) * _BYTES_A_CHARACTER + len(value) > LARGEST_EVENT:
        refuse_oversized(Message(topic, key, headers, value))
    return Row(outbox_shard(key, shards), topic, key, orjson.Fragment(written), value)


async def write(connection: "Connection", rows: Sequence[Row], answered: tuple[CommandKey, Answer] | None) -> None:
    """In the order of ``rows``: few with the answer in one statement, many by ``COPY``."""
    if len(rows) > FEW:
        await insert_rows(connection, "outbox", Row._fields, rows)
        rows = ()
    if rows or answered:
        values = [value for row in rows for value in row]
        await connection.execute(
            _statement(len(rows), answered is not None), *values, *(_kept(*answered) if answered else ())
        )


@cache
def _statement(rows: int, answered: bool) -> str:
    """The same text each time, so that the server has its plan ready."""
    width = len(Row._fields)
    places = ", ".join(
        f"({', '.join(f'${row * width + column}' for column in range(1, width + 1))})" for row in range(rows)
    )
    tell = f"INSERT INTO outbox ({', '.join(Row._fields)}) VALUES {places}"  # noqa: S608 - our own names
    if not answered:
        return tell
    answer = _ANSWER.format(*range(rows * width + 1, rows * width + 7))
    return f"WITH told AS ({tell}) {answer}" if rows else answer


def _kept(command: CommandKey, answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.headers, answer.body, command.principal, command.route, command.key
