"""What evidence may be, told by its bytes and never by its name or by what its sender says. Pure.

An allow-list: documents, pictures, recordings and plain text as offices hand them in. What is not known to be one of
these is refused: programs, scripts, web pages, drawings that carry scripts, archives.
"""

import codecs
from collections.abc import Collection, Mapping
from dataclasses import dataclass

PDF, TEXT, CSV = "application/pdf", "text/plain", "text/csv"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
ANY = "application/octet-stream"
"""Says nothing, and so it cannot lie: the bytes decide."""

HEAD_BYTES = 64
"""As many of the first bytes as the signatures need."""

_SIGNATURES: tuple[tuple[str, Mapping[int, bytes]], ...] = (
    (PDF, {0: b"%PDF-"}),
    ("image/png", {0: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}),
    ("image/jpeg", {0: b"\xff\xd8\xff"}),
    ("image/webp", {0: b"RIFF", 8: b"WEBP"}),
    ("image/tiff", {0: b"II*\0"}),
    ("image/tiff", {0: b"MM\0*"}),
    *(("image/heic", {4: b"ftyp" + brand}) for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")),
    *(("video/mp4", {4: b"ftyp" + brand}) for brand in (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ")),
    ("audio/mp4", {4: b"ftypM4A "}),
    ("audio/mpeg", {0: b"ID3"}),
    ("audio/mpeg", {0: b"\xff\xfb"}),
    ("audio/amr", {0: b"#!AMR\n"}),
    ("audio/wav", {0: b"RIFF", 8: b"WAVE"}),
)
ACCEPTED = tuple(sorted({name for name, _ in _SIGNATURES} | {TEXT, CSV, DOCX, XLSX, OFD}))
_SAME: Mapping[str, str] = {
    "application/csv": CSV,
    "application/x-ofd": OFD,
    "audio/m4a": "audio/mp4",
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "audio/x-wav": "audio/wav",
    "image/heif": "image/heic",
    "image/jpg": "image/jpeg",
}
"""Other names of the same types."""

ZIP = b"PK\x03\x04"
_MACROS = "vbaProject.bin"
_PARTS: tuple[tuple[str, frozenset[str]], ...] = (
    (DOCX, frozenset({"[Content_Types].xml", "word/document.xml"})),
    (XLSX, frozenset({"[Content_Types].xml", "xl/workbook.xml"})),
    (OFD, frozenset({"OFD.xml"})),
)
"""What makes a container a document of each kind."""

_PRINTED = frozenset(range(0x20, 0x7F)) | frozenset(b"\t\n\r\f") | frozenset(range(0x80, 0x100))
_UNPRINTED = bytes(sorted(frozenset(range(0x100)) - _PRINTED))


def signed_type(head: bytes) -> str | None:
    """The type whose signature the first bytes bear."""
    for media_type, parts in _SIGNATURES:
        if all(head[place : place + len(part)] == part for place, part in parts.items()):
            return media_type
    return None


def container_type(names: Collection[str]) -> str | None:
    """The kind of document with these parts; none where it carries macros."""
    if any(name.endswith(_MACROS) for name in names):
        return None
    present = frozenset(names)
    return next((media_type for media_type, parts in _PARTS if parts <= present), None)


class PlainText:
    """Whether bytes, told block by block, are printable UTF-8 that no browser takes for a page."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._begun = False
        self.plain = True

    def read(self, block: bytes, *, last: bool = False) -> None:
        if not self.plain:
            return
        try:
            text = self._decoder.decode(block, final=last)
        except UnicodeDecodeError:
            self.plain = False
            return
        self.plain = len(block.translate(None, _UNPRINTED)) == len(block)
        beginning = "" if self._begun else text.lstrip("\ufeff \t\r\n\f")
        if beginning:
            self._begun = True
            self.plain &= not beginning.startswith(("<", "#!"))


def agreed_type(declared: str, found: str) -> str | None:
    """The type to keep of what a sender says and the bytes are; None where the two contradict each other."""
    named = _SAME.get(declared, declared)
    if named == ANY:
        return found
    if found == TEXT and named == CSV:
        return CSV
    return found if named == found else None


@dataclass(frozen=True, slots=True)
class Inside:
    """A container's entry as its directory tells it: where it begins, its packed and its unpacked size in bytes."""

    begins: int
    packed: int
    unpacked: int
    encrypted: bool = False


MOST_ENTRIES = 10_000
MOST_UNPACKED = 512 * 1024 * 1024
MOST_RATIO = 200
_HEADER = 30
"""Of each entry; its name follows."""


def is_bomb(entries: Collection[Inside], size: int) -> bool:
    """Whether a container of ``size`` bytes unpacks to more than a reader could bear, or hides how much."""
    if len(entries) > MOST_ENTRIES or sum(entry.unpacked for entry in entries) > MOST_UNPACKED:
        return True
    if any(entry.encrypted or entry.unpacked > MOST_RATIO * max(entry.packed, 1_000) for entry in entries):
        return True
    if any(entry.begins < 0 for entry in entries):
        return True
    ordered = sorted(entries, key=lambda entry: entry.begins)
    ends = [entry.begins + _HEADER + entry.packed for entry in ordered]
    begins = [*(entry.begins for entry in ordered[1:]), size]
    return any(end > begin for end, begin in zip(ends, begins, strict=True))
