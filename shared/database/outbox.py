"""What a transaction leaves behind when it ends: its events in the outbox and its answer, in one statement."""

from collections.abc import Sequence
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
_TELL = """
    INSERT INTO outbox (shard, topic, key, headers, value)
    SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[])"""
_ANSWER = """
    UPDATE idempotency_keys SET status = ${}, headers = ${}, body = ${}
    WHERE principal = ${} AND route = ${} AND key = ${}"""
_ANSWER_ALONE = _ANSWER.format(*range(1, 7))
_TELL_AND_ANSWER = f"WITH told AS ({_TELL}) {_ANSWER.format(*range(6, 12))}"


def outbox_shard(key: str, shards: int) -> int:
    return crc32(key.encode()) % shards


class Row(NamedTuple):
    """``headers`` are JSON already: a list's thousands of events wait in memory as bytes, not as dictionaries."""

    shard: int
    topic: str
    key: str
    headers: orjson.Fragment
    value: bytes


def row_of(message: Message, shards: int) -> Row:
    """Raises ``EventTooLarge``."""
    topic, key, headers, value = message
    written = orjson.dumps(headers, default=dict)
    # As JSON, headers are larger than they are: what fits so needs no counting.
    if len(written) + len(key) * _BYTES_A_CHARACTER + len(value) > LARGEST_EVENT:
        refuse_oversized(message)
    return Row(outbox_shard(key, shards), topic, key, orjson.Fragment(written), value)


async def write(connection: "Connection", rows: Sequence[Row], answered: tuple[CommandKey, Answer] | None) -> None:
    """In the order of ``rows``."""
    if len(rows) > FEW:
        await insert_rows(connection, "outbox", Row._fields, rows)
        rows = ()
    if rows and answered:
        await connection.execute(_TELL_AND_ANSWER, *_columns(rows), *_kept(*answered))
    elif rows:
        await connection.execute(_TELL, *_columns(rows))
    elif answered:
        await connection.execute(_ANSWER_ALONE, *_kept(*answered))


def _columns(rows: Sequence[Row]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _kept(command: CommandKey, answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.headers, answer.body, command.principal, command.route, command.key
