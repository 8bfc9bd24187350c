"""Keyset pages: the cursor holds the last row's key and belongs to one query."""

import base64
import binascii
import hashlib
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from shared.problems import Problem
from shared.problems.common import CURSOR_INVALID

Limit = Annotated[int, Query(ge=1, le=1000, description="Items a page")]
Cursor = Annotated[str | None, Query(max_length=500, description="Where the previous page ended: its `next`")]
_INTEGERS = 1 << 63


def _fingerprint(request: Request) -> str:
    filters = sorted((key, value) for key, value in request.query_params.items() if key not in {"cursor", "limit"})
    return hashlib.sha256(orjson.dumps([request.url.path, filters])).hexdigest()[:16]


def read_cursor(request: Request, cursor: str | None) -> list[Any] | None:
    """The key after which the page begins. Raises ``cursor-invalid`` for a cursor of another query."""
    if cursor is None:
        return None
    try:
        fingerprint, key = orjson.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error):
        raise Problem(CURSOR_INVALID) from None
    if fingerprint != _fingerprint(request) or not isinstance(key, list) or not all(map(_storable, key)):
        raise Problem(CURSOR_INVALID)
    return key


def _storable(part: Any) -> bool:
    """Whether PostgreSQL could hold it: of the forged ones not all can be asked for."""
    return "\0" not in part if isinstance(part, str) else not isinstance(part, int) or abs(part) < _INTEGERS


def read_key(request: Request, cursor: str | None, *readers: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """The same, each part read by its reader, such as ``UUID``: whoever forges a cursor gets ``cursor-invalid``."""
    key = read_cursor(request, cursor)
    if key is None:
        return None
    try:
        return tuple(reader(part) for reader, part in zip(readers, key, strict=True))
    except (ValueError, TypeError, AttributeError):
        raise Problem(CURSOR_INVALID) from None


def read_id(request: Request, cursor: str | None) -> UUID | None:
    """The same, of a list in the order of its ids."""
    key = read_key(request, cursor, UUID)
    return None if key is None else key[0]


def write_cursor(request: Request, key: list[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([_fingerprint(request), key], default=str)).rstrip(b"=").decode()


def next_cursor(request: Request, response: Response, rows: list[Any], limit: int, key: list[Any] | None) -> str | None:
    """The cursor after a full page, also as a ``Link`` header; null after the last."""
    if len(rows) < limit or key is None:
        return None
    cursor = write_cursor(request, key)
    url = request.url.include_query_params(cursor=cursor)
    response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return cursor
