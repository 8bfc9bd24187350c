"""Which part of a representation a request asks for: byte ranges of RFC 9110 §14. Pure."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.IGNORECASE)


class Unsatisfiable(ValueError):
    """The range lies beyond the end."""


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from ``start`` to before ``end`` of ``size``."""

    start: int
    end: int
    size: int

    @property
    def content_range(self) -> str:
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


def requested_part(header: str | None, size: int) -> Part | None:
    """None is the whole: without a range, and for what may be ignored: several ranges, other units, broken ones.

    Raises ``Unsatisfiable``.
    """
    found = _ONE_RANGE.fullmatch(header) if header is not None else None
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), size if not last else min(int(last) + 1, size)
        if last and int(last) < start:
            return None
    if start >= size:
        raise Unsatisfiable
    return Part(start, end, size)
