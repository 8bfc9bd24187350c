"""The kinds of extracts: sound in themselves, and the same as those the demo county hands in."""

import duckdb
import pytest

from services.identification.comparison.datasets import ID_NUMBER, KINDS, DatasetKind, ExtractKind
from services.season.county.datasets import DATASETS

ALL = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def test_every_kind_is_declared() -> None:
    assert list(KINDS) == list(ExtractKind)


@ALL
def test_headers_name_each_column_once(kind: DatasetKind) -> None:
    assert kind.header[0] == ID_NUMBER
    for header in (kind.header, kind.chinese_header):
        assert len(set(header)) == len(header) == len(kind.columns) + 1


@ALL
def test_the_demo_county_agrees(kind: DatasetKind) -> None:
    theirs = DATASETS[kind.name]
    assert (theirs.header, theirs.criterion, theirs.zh, theirs.en) == (kind.header, kind.criterion, kind.zh, kind.en)


def test_the_demo_county_has_no_other_kind() -> None:
    assert set(DATASETS) == set(KINDS)


@ALL
def test_what_is_unknown_bears(kind: DatasetKind) -> None:
    """A row with nothing but an ID number is verified, not dropped."""
    columns = ", ".join(f"NULL::{'VARCHAR' if c.type == 'text' else c.type.value}" for c in kind.columns)
    columns = columns.replace("amount", "DECIMAL(18, 2)")
    names = ", ".join(column.name for column in kind.columns)
    with duckdb.connect() as connection:
        connection.execute(
            """CREATE TABLE policy AS SELECT DATE '2026-01-01' AS today, DATE '2025-01-01' AS home_cutoff,
               21000.00 AS local_average_income"""
        )
        [(bears,)] = connection.execute(
            f"SELECT ({kind.bears}) IS NOT FALSE FROM (SELECT {columns}) AS extract({names}), policy"
        ).fetchall()
    assert bears
