"""Extracts are refused whole, with the line and never the content."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.identification.comparison.datasets import KINDS
from services.identification.comparison.extracts import checked_rows, convert, encoding_of
from shared.problems import Problem

VEHICLES = KINDS["vehicles"]
HEADER = ",".join(VEHICLES.header)
GOOD = f"{HEADER}\n1,渝A1,轿车,大众,2025-01-01\n"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "dataset-empty", None),
        (HEADER.encode(), "dataset-empty", None),
        (f"{HEADER}\r\n\r\n".encode(), "dataset-empty", None),
        (b"id_number,plate\n1,2\n", "dataset-header-wrong", None),
        (f"{HEADER},more\n1,2,3,4,5,6\n".encode(), "dataset-header-wrong", None),
        (b"PK\x03\x04\xff\xff", "dataset-encoding-unknown", None),
        ("\ufeff".encode("utf-16-le") + GOOD.encode("utf-16-le"), "dataset-encoding-unknown", None),
        (f"{HEADER}\nsecret,2,3,4\n".encode(), "dataset-row-broken", 2),
        (f"{HEADER}\n1,2,3,4,5\nsecret,2,3,4,5,6\n".encode(), "dataset-row-broken", 3),
        (f'{HEADER}\n1,2,3,4,5\n"secret"2,2,3,4,5\n'.encode(), "dataset-row-broken", 3),
        (f'{HEADER}\n1,2,3,4,5\n1,"secret,3,4,5\n'.encode(), "dataset-row-broken", 3),
        (f"{HEADER}\n1,2,se\0cret,4,5\n".encode(), "dataset-row-broken", 2),
        (f"{HEADER}\n1,{'2' * 200_000},3,4,5\n".encode(), "dataset-row-broken", 2),
    ],
)
def test_broken_extracts(tmp_path: Path, content: bytes, code: str, line: int | None) -> None:
    source = tmp_path / "upload.part"
    source.write_bytes(content)
    with pytest.raises(Problem) as refused:
        convert(source, VEHICLES, tmp_path / "extract.parquet")
    rendered = refused.value.rendered("en")
    assert (rendered["code"], rendered.get("line")) == (code, line)
    assert "secret" not in str(rendered)
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030")]
)
@pytest.mark.parametrize("header", [VEHICLES.header, VEHICLES.chinese_header])
def test_encodings_and_headers(tmp_path: Path, encoding: str, name: str, header: tuple[str, ...]) -> None:
    source, target = tmp_path / "upload.part", tmp_path / "extract.parquet"
    source.write_text(f"{','.join(header)}\r\n1,渝A1,轿车,大众,\r\n", encoding=encoding, newline="")
    extract = convert(source, VEHICLES, target)
    assert (extract.rows, extract.encoding) == (1, name)
    assert sorted(tmp_path.iterdir()) == [target, source]


def test_one_bad_byte_at_the_end_decides(tmp_path: Path) -> None:
    source = tmp_path / "upload.part"
    source.write_bytes((GOOD * 50_000).encode() + b"\xff")
    with pytest.raises(Problem, match="dataset-encoding-unknown"):
        encoding_of(source)


FIELD = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=20)


@given(st.lists(st.tuples(*[FIELD] * 5), min_size=1, max_size=8))
def test_whatever_is_written_well_is_read_back(rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([VEHICLES.header, *rows])
    text.seek(0)
    assert [tuple(row) for row in checked_rows(text, VEHICLES)] == rows
