"""Positions of the archive as callers hold them: opaque, and checked so that a mistyped one is refused. Pure."""

import base64
import struct
from zlib import crc32

LATEST = "latest"
BEGINNING = 0
_FORM = struct.Struct(">qI")


def write_position(position: int) -> str:
    return base64.urlsafe_b64encode(_FORM.pack(position, _check(position))).decode()


def read_position(text: str) -> int:
    """Raises ``ValueError`` for what ``write_position`` never wrote."""
    try:
        position, check = _FORM.unpack(base64.b64decode(text, altchars=b"-_", validate=True))
    except (ValueError, struct.error):
        raise ValueError("not a position") from None
    if position < BEGINNING or check != _check(position) or write_position(position) != text:
        raise ValueError("not a position")
    return int(position)


def _check(position: int) -> int:
    return crc32(b"archive%d" % position)
