"""Reading an uploaded file from where the last batch ended."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from services.households.imports.lines import Line, parse_all

LINE_LIMIT = 256 * 1024
"""Bytes of one line; a longer one is a fault of that line, not a burden on memory."""

_TOO_LONG = b"{"
"""Stands for such a line: it cannot be parsed."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines of the file and where they end; ``texts`` counts the empty ones too."""

    lines: list[Line]
    texts: int
    end: int


def read_chunk(path: Path, offset: int, first: int, count: int) -> Chunk:
    """Up to ``count`` lines from a byte offset; ``first`` is the number of the first of them."""
    texts: list[bytes] = []
    with path.open("rb") as file:
        file.seek(offset)
        while len(texts) < count and (text := _read_line(file)) is not None:
            texts.append(text)
        return Chunk(parse_all(first, texts), len(texts), file.tell())


def _read_line(file: IO[bytes]) -> bytes | None:
    text = file.readline(LINE_LIMIT)
    if not text:
        return None
    if len(text) < LINE_LIMIT or text.endswith(b"\n"):
        return text
    while (rest := file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
        pass
    return _TOO_LONG
