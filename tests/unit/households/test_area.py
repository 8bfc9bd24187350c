"""Areas as ranges of codes."""

import pytest

from services.households.area import ancestors_of, parent_of, visible
from services.households.questions.access import common_division
from shared.areas import bounds


@pytest.mark.parametrize(
    ("area", "code", "inside"),
    [
        ("500110000000", "500110001001", True),
        ("500110000000", "500111001001", False),
        ("500000000000", "500229001001001", True),
        ("500229001001", "500229001001001", True),
        ("500229001001", "500229001001", True),
        ("500229001009", "500229001010", False),
        ("500229001001", "500229001000", False),
    ],
)
def test_a_range_holds_what_lies_in_the_area(area: str, code: str, inside: bool) -> None:
    first, beyond = bounds(area)
    assert (first <= code < beyond) is inside


def test_parents() -> None:
    assert parent_of("500229001001001") == "500229001001"
    assert ancestors_of("500229001001") == ["500229001000", "500229000000", "500200000000", "500000000000"]
    assert parent_of("500000000000") is None


def test_a_township_right_under_its_city() -> None:
    assert parent_of("441900003000") == "441900000000"


def test_an_area_sees_under_and_above_itself() -> None:
    assert visible("500229001000", "500229001001")
    assert visible("500229001000", "500229000000")
    assert not visible("500229001000", "500229002000")


@pytest.mark.parametrize(
    ("first", "last", "common"),
    [
        ("500229001001", "500229001001", "500229001001"),
        ("500229001001001", "500229001001002", "500229001001"),
        ("500229001001", "500229221003", "500229000000"),
        ("500229001001001", "500229001001001", "500229001001001"),
        ("110000000000", "500229221003", "000000000000"),
    ],
)
def test_the_narrowest_division_that_holds_both(first: str, last: str, common: str) -> None:
    assert common_division([first, last]) == common
