"""The join: which numbers meet, what bears, and that only hits leave it."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from services.identification.comparison.datasets import KINDS
from services.identification.comparison.extracts import convert
from services.identification.comparison.files import duck
from services.identification.comparison.matching import Hits, Matching, PolicyOfTheDay

OLD, YOUNG = "11010519491231002X", "500229200701010018"
MEMBERS = {OLD: UUID(int=1), YOUNG: UUID(int=2)}
POLICY = PolicyOfTheDay(date(2026, 3, 1), date(2025, 1, 1), Decimal("21000.00"))


def hits(folder: Path, kind: str, rows: Sequence[str], policy: PolicyOfTheDay = POLICY) -> Hits:
    members = folder / "members.ndjson"
    lines = [
        {"household_id": str(UUID(int=9)), "member_id": str(member), "id_number": number}
        for number, member in MEMBERS.items()
    ]
    members.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    source, extract = folder / "upload.part", folder / "extract.parquet"
    source.write_text("\n".join([",".join(KINDS[kind].header), *rows, ""]))
    convert(source, KINDS[kind], extract)
    with duck(folder) as connection:
        return Matching(connection, members, policy).hits(KINDS[kind], extract)


@pytest.mark.parametrize(
    "written",
    ["11010519491231002X", "11010519491231002x", " 11010519491231002X ", "1101 0519 4912 31002x", "110105491231002",
     "１１０１０５１９４９１２３１００２ｘ", "\u300011010519491231002X", "１１０１０５４９１２３１００２"],
)  # fmt: skip
def test_numbers_that_meet(tmp_path: Path, written: str) -> None:
    [hit] = hits(tmp_path, "vehicles", [f"{written},渝A1,轿车,大众,2025-01-01"]).bearing
    assert hit.member_id == MEMBERS[OLD]
    assert "110105" not in str(hit.rows)


@pytest.mark.parametrize("written", ["", "X", "110105194912310020", "500229070101001", "11010519491231002"])
def test_numbers_that_do_not(tmp_path: Path, written: str) -> None:
    found = hits(tmp_path, "vehicles", [f"{written},渝A1,轿车,大众,2025-01-01"])
    assert not found.bearing
    assert not found.irrelevant


@pytest.mark.parametrize(
    ("kind", "row", "bears"),
    [
        ("vehicles", "渝A1,轿车,大众,", True),
        ("vehicles", "渝A1,摩托车,嘉陵,", False),
        ("property", "证1,某处,100,2025-01-01", True),
        ("property", "证1,某处,100,20250102", True),
        ("property", "证1,某处,100,2025年1月2日", True),
        ("property", "证1,某处,100,2024/12/31", False),
        ("property", "证1,某处,100,不详", True),
        ("machinery", "机1,挖掘机,小松,", True),
        ("companies", "码,某公司,法定代表人,存续,", True),
        ("companies", "码,某公司,法定代表人,注销,", False),
        ("payroll", "某局,科员,2020-01-01,", True),
        ("payroll", "某局,科员,2020-01-01,2025-12-31", False),
        ("tax", "某店,2025,0.01", True),
        ("tax", "某店,2025,0", False),
        ("deaths", "2025-05-05,派出所", True),
        ("deposits", "某行,\"21,000.01\",2026-01-01", True),
        ("deposits", "某行,21000.00,2026-01-01", False),
        ("social_security", "养老,某厂,1750.01,2026-12-31", True),
        ("social_security", "养老,某厂,1750.00,2026-12-31", False),
        ("social_security", "养老,某厂,9000,2025-12-31", False),
    ],
)  # fmt: skip
def test_what_bears_on_a_criterion(tmp_path: Path, kind: str, row: str, bears: bool) -> None:
    found = hits(tmp_path, kind, [f"{YOUNG},{row}"])
    assert (len(found.bearing), found.irrelevant) == ((1, 0) if bears else (0, 1))


def test_without_a_policy_everything_that_depends_on_it_bears(tmp_path: Path) -> None:
    rows = [f"{YOUNG},证1,某处,100,1999-01-01"]
    assert hits(tmp_path, "property", rows, PolicyOfTheDay(date(2026, 3, 1))).bearing


def test_the_same_thing_is_one_hit(tmp_path: Path) -> None:
    rows = [f"{OLD},渝A1,轿车,大众,2025-01-01"] * 2 + [f"{OLD},渝A1,轿车,大众,2025-02-01", f"{OLD},渝A2,轿车,,"]
    found = hits(tmp_path, "vehicles", rows).bearing
    assert [(len(hit.rows), hit.rows[0]["plate_number"]) for hit in found] == [(2, "渝A1"), (1, "渝A2")]
    again = hits(tmp_path, "vehicles", [f"{OLD},渝A1,轿车,改色,"]).bearing
    assert again[0].fingerprint == found[0].fingerprint != found[1].fingerprint
