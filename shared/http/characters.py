"""The one character that JSON can say and PostgreSQL cannot keep."""

from typing import Any

import orjson

_ESCAPED = b"\\u0000"


def holds_nul(text: bytes) -> bool:
    """Whether a string of this JSON holds NUL; as a rule one look at the text tells."""
    return _ESCAPED in text and _found(orjson.loads(text))


def _found(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any("\0" in name or _found(inner) for name, inner in value.items())
    return isinstance(value, list) and any(map(_found, value))
