"""Keyset pages: the cursor holds the last row's key, and is good for one query of one area alone."""

import base64
import binascii
import hmac
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from shared.http.access import caller_of, context_of
from shared.problems import Problem
from shared.problems.common import CURSOR_INVALID

Limit = Annotated[int, Query(ge=1, le=1000, description="Items a page")]
Cursor = Annotated[str | None, Query(max_length=500, description="Where the previous page ended: its `next`")]


def _signature(request: Request, key: Any) -> str:
    """Over the path, the filters, the caller's area and the key: whatever of it is altered, the cursor is no more."""
    filters = sorted((name, value) for name, value in request.query_params.items() if name not in {"cursor", "limit"})
    query = orjson.dumps([request.url.path, filters, caller_of(request).division, key])
    return hmac.digest(context_of(request).cursor_secret, query, "sha256")[:12].hex()


def read_cursor(request: Request, cursor: str | None) -> list[Any] | None:
    """The key after which the page begins. Raises ``cursor-invalid`` for one that was not given for this query."""
    if cursor is None:
        return None
    try:
        signature, key = orjson.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        true = isinstance(key, list) and hmac.compare_digest(_signature(request, key), signature)
    except (ValueError, TypeError, binascii.Error):
        raise Problem(CURSOR_INVALID) from None
    if not true or cursor != _written(signature, key):
        raise Problem(CURSOR_INVALID)
    found: list[Any] = key
    return found


def _written(signature: str, key: list[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([signature, key])).rstrip(b"=").decode()


def read_key(request: Request, cursor: str | None, *readers: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """The same, each part read by its reader, such as ``UUID``; a key of another form may be of an older version."""
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
    plain = orjson.loads(orjson.dumps(key, default=str))
    return _written(_signature(request, plain), plain)


def next_cursor(request: Request, response: Response, rows: list[Any], limit: int, key: list[Any] | None) -> str | None:
    """The cursor after a full page, also as a ``Link`` header; null after the last."""
    if len(rows) < limit or key is None:
        return None
    cursor = write_cursor(request, key)
    url = request.url.include_query_params(cursor=cursor)
    response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return cursor
