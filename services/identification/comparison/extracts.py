"""From an uploaded CSV to Parquet: the whole file is checked before anything of it is kept.

Everything here blocks and runs in a thread.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from services.identification.comparison.datasets import DatasetKind
from services.identification.comparison.files import duck, quoted
from services.identification.problems import DATASET_EMPTY, DATASET_ENCODING, DATASET_HEADER, DATASET_ROW
from shared.problems import Problem

ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Extract:
    rows: int
    encoding: str


def convert(source: Path, kind: DatasetKind, target: Path) -> Extract:
    """Check ``source`` and write ``target``. Raises the problems ``dataset-…``; then there is no target."""
    encoding = encoding_of(source)
    checked = target.with_suffix(".checked")
    try:
        with source.open(encoding=ENCODINGS[encoding], newline="") as text, checked.open("w", encoding="utf-8") as out:
            rows = _copy(text, kind, out)
        _to_parquet(checked, kind, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    finally:
        checked.unlink(missing_ok=True)
    return Extract(rows, encoding)


def encoding_of(source: Path) -> str:
    """UTF-8 or GB18030, by decoding the whole file strictly. Raises ``dataset-encoding-unknown``."""
    for name in ENCODINGS:
        if _decodes(source, name):
            return name
    raise Problem(DATASET_ENCODING)


def _decodes(source: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with source.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _copy(text: TextIO, kind: DatasetKind, out: TextIO) -> int:
    rows = checked_rows(text, kind)
    writer, count = csv.writer(out, lineterminator="\n"), 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        writer.writerow(row)
    if not count:
        raise Problem(DATASET_EMPTY)
    return count


def checked_rows(text: Iterable[str], kind: DatasetKind) -> Iterator[list[str]]:
    """The rows below the header. Raises ``dataset-row-broken`` with the line's number, never its content."""
    reader = csv.reader(_printable(text), strict=True)
    width = len(kind.header)
    try:
        _check_header(next(reader, None), kind)
        for row in reader:
            if len(row) == width:
                yield row
            elif row:
                raise Problem(DATASET_ROW, line=reader.line_num)
    except csv.Error:
        raise Problem(DATASET_ROW, line=reader.line_num) from None


def _check_header(row: list[str] | None, kind: DatasetKind) -> None:
    if row is None:
        raise Problem(DATASET_EMPTY)
    if tuple(name.strip() for name in row) not in {kind.header, kind.chinese_header}:
        raise Problem(DATASET_HEADER, header=list(kind.header))


def _printable(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if "\0" in line:
            raise Problem(DATASET_ROW, line=number)
        yield line


def _to_parquet(source: Path, kind: DatasetKind, target: Path) -> None:
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in kind.header)
    reading = f"""read_csv({quoted(source)}, auto_detect=false, header=false, columns={{{columns}}}, delim=',',
        quote='"', escape='"', nullstr='', max_line_size=16000000)"""
    with duck(source.parent) as connection:
        connection.execute(f"COPY (SELECT * FROM {reading}) TO {quoted(target)} (FORMAT parquet)")  # noqa: S608
