"""Looking at an uploaded file: what its bytes are, and whether a container among them is sound."""

import errno
import zipfile
import zlib
from pathlib import Path
from typing import IO

from services.identification.evidence.domain import (
    HEAD_BYTES,
    TEXT,
    ZIP,
    Inside,
    PlainText,
    container_type,
    is_bomb,
    signed_type,
)

_BLOCK = 256 * 1024
_HEADER_BYTES = 30
_TAIL = 22 + 0xFFFF
_DIRECTORY_END = b"PK\x05\x06"
_MOST_DIRECTORY = 2 * 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)


class ContainerUnsafe(ValueError):
    """A container that is broken, encrypted, or unpacks to more than a reader could bear."""


def recognise(path: Path) -> str | None:
    """The file's type by its bytes; None where it is nothing that evidence may be. Raises ``ContainerUnsafe``."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if head.startswith(ZIP):
            return _container(file)
        file.seek(0)
        return signed_type(head) or (TEXT if _is_text(file) else None)


def _is_text(file: IO[bytes]) -> bool:
    text = PlainText()
    while text.plain and (block := file.read(_BLOCK)):
        text.read(block)
    text.read(b"", last=True)
    return text.plain


def _container(file: IO[bytes]) -> str | None:
    """Nothing is extracted: the directory is read, bounded, and every entry is unpacked into nothing, bounded."""
    size = file.seek(0, 2)
    _require_short_directory(file, size)
    try:
        with zipfile.ZipFile(file) as container:
            entries = container.infolist()
            inside = [Inside(one.header_offset, one.compress_size, one.file_size, _encrypted(one)) for one in entries]
            if is_bomb(inside, size):
                raise ContainerUnsafe
            kind = container_type([entry.filename for entry in entries])
            if kind is not None:
                for entry in entries:
                    _require_truth(file, entry)
    except _BROKEN:
        raise ContainerUnsafe from None
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise ContainerUnsafe from None  # it leads to a place before the file's beginning
    return kind


def _encrypted(entry: zipfile.ZipInfo) -> bool:
    return bool(entry.flag_bits & 0x1)


def _require_short_directory(file: IO[bytes], size: int) -> None:
    """Before it is read into memory: at its end a container tells how long its directory is."""
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    end = tail[tail.rfind(_DIRECTORY_END) :]
    if not end.startswith(_DIRECTORY_END) or int.from_bytes(end[12:16], "little") > _MOST_DIRECTORY:
        raise ContainerUnsafe
    file.seek(0)


def _require_truth(file: IO[bytes], entry: zipfile.ZipInfo) -> None:
    """Its packed bytes unpack to exactly as many as the directory says: whoever trusts the directory is safe."""
    file.seek(entry.header_offset)
    header = file.read(_HEADER_BYTES)
    file.seek(sum(int.from_bytes(header[place : place + 2], "little") for place in (26, 28)), 1)
    if entry.compress_type == zipfile.ZIP_STORED:
        sound = entry.compress_size == entry.file_size
    else:
        sound = entry.compress_type == zipfile.ZIP_DEFLATED and _unpacks_to(file, entry)
    if not sound:
        raise ContainerUnsafe


def _unpacks_to(file: IO[bytes], entry: zipfile.ZipInfo) -> bool:
    inflater, left, unpacked = zlib.decompressobj(-zlib.MAX_WBITS), entry.compress_size, 0
    while left and (block := file.read(min(left, _BLOCK))):
        left -= len(block)
        while block and unpacked <= entry.file_size:
            unpacked += len(inflater.decompress(block, _BLOCK))
            block = inflater.unconsumed_tail
    return inflater.eof and unpacked == entry.file_size
