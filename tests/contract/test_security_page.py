"""The security page: every risk of the list, and every test it names is there."""

import re

from services.wiring.migration import ROOT

PAGE = ROOT / "docs" / "security.md"
ROWS = re.findall(r"^\| \*\*(API\d+)\*\*.*\| (.+) \|$", PAGE.read_text(), re.MULTILINE)


def test_every_risk_has_its_row_and_its_tests() -> None:
    assert [risk for risk, _ in ROWS] == [f"API{number}" for number in range(1, 11)]
    for risk, tests in ROWS:
        named = re.findall(r"\]\(\.\./(tests/[\w/.]+)\)", tests)
        assert named, risk
        assert [path for path in named if not (ROOT / path).is_file()] == []
