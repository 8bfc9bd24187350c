"""Positions of the archive as callers hold them: opaque, and checked so that a mistyped one is refused. Pure.

A position bears a mark of the event that stands there. So one of another archive is recognised, and where a backup was
restored exactly those that were lost with what came after it.
"""

import base64
import hashlib
import struct
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

LATEST = "latest"
_MARK_BYTES = 6
_FORM = struct.Struct(f">q{_MARK_BYTES}sI")


class Position(NamedTuple):
    number: int
    mark: bytes


BEGINNING = Position(0, bytes(_MARK_BYTES))


def position_of(number: int, event_id: UUID) -> Position:
    """Where the event stands."""
    return Position(number, hashlib.sha256(event_id.bytes).digest()[:_MARK_BYTES])


def write_position(position: Position) -> str:
    return base64.urlsafe_b64encode(_FORM.pack(*position, _check(position))).decode()


def read_position(text: str) -> Position:
    """Raises ``ValueError`` for what ``write_position`` never wrote."""
    try:
        number, mark, check = _FORM.unpack(base64.b64decode(text, altchars=b"-_", validate=True))
    except (ValueError, struct.error):
        raise ValueError("not a position") from None
    position = Position(number, mark)
    if number < BEGINNING.number or check != _check(position) or write_position(position) != text:
        raise ValueError("not a position")
    return position


def _check(position: Position) -> int:
    return crc32(b"archive%d" % position.number + position.mark)
