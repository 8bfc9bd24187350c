"""What a file is, is told by its bytes."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.identification.evidence.domain import (
    ACCEPTED,
    DOCX,
    OFD,
    XLSX,
    Inside,
    PlainText,
    agreed_type,
    is_bomb,
)
from services.identification.evidence.inspection import ContainerUnsafe, recognise
from tests.fixtures import documents

KNOWN = {
    "application/pdf": documents.PDF,
    "image/jpeg": documents.JPEG,
    "image/png": documents.png(),
    "image/webp": documents.WEBP,
    "image/heic": documents.HEIC,
    "image/tiff": documents.TIFF,
    "video/mp4": documents.MP4,
    "audio/amr": b"#!AMR\n" + bytes(8),
    "text/plain": "入户调查表\n户主：……\n".encode(),
    DOCX: documents.docx(),
    XLSX: documents.xlsx(),
    OFD: documents.ofd(),
}


def told(content: bytes, folder: Path) -> str | None:
    path = folder / "upload"
    path.write_bytes(content)
    return recognise(path)


@pytest.mark.parametrize("media_type", KNOWN)
def test_what_offices_hand_in_is_known(media_type: str, tmp_path: Path) -> None:
    assert told(KNOWN[media_type], tmp_path) == media_type
    assert media_type in ACCEPTED


@pytest.mark.parametrize(
    "content",
    [
        documents.PROGRAM,
        documents.ELF,
        documents.PAGE,
        b"\xef\xbb\xbf \r\n" + documents.PAGE,
        documents.DRAWING,
        documents.SCRIPT,
        b"text with a NUL\0",
        b"text with a \x1b[31mcolour",
        "非 UTF-8".encode("gb18030"),
        "cut in a character 户".encode()[:-1],
        b"GIF89a" + bytes(20),
        b"\x89PNG\r\n\x1a\n<html>",
        b"\x1f\x8b\x08\0" + bytes(20),
        documents.container({"readme.txt": b"an archive"}),
        documents.docx(**{"word/vbaProject.bin": b"macros"}),
    ],
)
def test_what_is_none_of_them_is_not(content: bytes, tmp_path: Path) -> None:
    assert told(content, tmp_path) is None


@pytest.mark.parametrize(
    "content",
    [
        documents.bomb(),
        documents.lying_container(),
        documents.encrypted_container(),
        documents.overlapping_container(),
        documents.endless_directory(),
        documents.docx()[:-30],
        documents.docx()[:200],
        b"PK\x03\x04" + bytes(100),
        documents.container({"[Content_Types].xml": b"x", "word/document.xml": b"y" * 50}, zipfile.ZIP_LZMA),
    ],
    ids=["bomb", "lying", "encrypted", "overlapping", "endless", "no end", "cut", "nothing", "packed strangely"],
)
def test_containers_that_harm_their_reader(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ContainerUnsafe):
        told(content, tmp_path)


@given(some.binary(max_size=300), some.sampled_from([b"", b"PK\x03\x04", documents.docx()[:90], b"%PDF-", b"\x89PNG"]))
def test_no_bytes_break_the_inspection(tmp_path_factory: pytest.TempPathFactory, content: bytes, head: bytes) -> None:
    try:
        assert told(head + content, tmp_path_factory.getbasetemp()) in {None, *ACCEPTED}
    except ContainerUnsafe:
        assert head.startswith(b"PK") or content.startswith(b"PK")


@settings(max_examples=400)
@given(some.data())
def test_no_change_of_a_container_breaks_the_inspection(
    tmp_path_factory: pytest.TempPathFactory, data: some.DataObject
) -> None:
    content = bytearray(documents.docx())
    for _ in range(data.draw(some.integers(1, 6))):
        content[data.draw(some.integers(4, len(content) - 1))] = data.draw(some.integers(0, 255))
    try:
        assert told(bytes(content), tmp_path_factory.getbasetemp()) in {None, DOCX}
    except ContainerUnsafe:
        return


@given(some.text(), some.integers(1, 7))
def test_text_is_the_same_however_it_is_cut(text: str, length: int) -> None:
    content, whole, cut = text.encode(), PlainText(), PlainText()
    whole.read(content, last=True)
    for place in range(0, len(content), length):
        cut.read(content[place : place + length])
    cut.read(b"", last=True)
    assert whole.plain == cut.plain


@pytest.mark.parametrize(
    ("declared", "found", "kept"),
    [
        ("image/png", "image/png", "image/png"),
        ("image/jpg", "image/jpeg", "image/jpeg"),
        ("image/heif", "image/heic", "image/heic"),
        ("application/octet-stream", "application/pdf", "application/pdf"),
        ("text/csv", "text/plain", "text/csv"),
        ("text/plain", "text/plain", "text/plain"),
        ("image/png", "text/plain", None),
        ("text/html", "text/plain", None),
        ("text/plain", "application/pdf", None),
        (DOCX, XLSX, None),
    ],
)
def test_what_is_said_and_what_is(declared: str, found: str, kept: str | None) -> None:
    assert agreed_type(declared, found) == kept


def test_a_bomb_is_told_by_its_directory() -> None:
    assert not is_bomb([Inside(0, 10_000, 1_000_000)], 20_000)
    assert is_bomb([Inside(0, 1_000, 1_000_000)], 20_000)
    assert is_bomb([Inside(0, 10_000, 10_000)] * 2, 30_000)
    assert is_bomb([Inside(0, 10_000, 10_000, encrypted=True)], 30_000)
    assert is_bomb([Inside(0, 10_000, 10_000)], 9_000)
    assert is_bomb([Inside(place * 40, 1, 1) for place in range(10_001)], 1_000_000)
    assert is_bomb([Inside(place * 10_000_000, 9_000_000, 200_000_000) for place in range(3)], 100_000_000)
