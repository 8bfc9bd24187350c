from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.identification.policy import FACTS, Subject, parse_facts

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def test_reads_every_kind() -> None:
    values, errors = parse_facts(
        {
            "registration": "converted_in_place",
            "members": 3,
            "wage_income": "7499.99",
            "business_income": 12,
            "food_secure": False,
            "home_acquired_on": "2025-01-01",
        }
    )
    assert errors == []
    assert values == {
        "registration": "converted_in_place",
        "members": 3,
        "wage_income": Decimal("7499.99"),
        "business_income": Decimal(12),
        "food_secure": False,
        "home_acquired_on": date(2025, 1, 1),
    }


def test_null_and_absent_are_unknown() -> None:
    assert parse_facts({"members": None}) == ({}, [])


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("members", -1, "value-negative"),
        ("members", 101, "value-out-of-range"),
        ("members", True, "integer-expected"),
        ("members", 3.0, "integer-expected"),
        ("members", "3", "integer-expected"),
        ("wage_income", 7500.5, "money-expected"),
        ("wage_income", "7500.001", "money-expected"),
        ("wage_income", "1e3", "money-expected"),
        ("wage_income", "７５００", "money-expected"),
        ("wage_income", " 1", "money-expected"),
        ("wage_income", "", "money-expected"),
        ("wage_income", "-0.01", "value-negative"),
        ("wage_income", -5, "value-negative"),
        ("wage_income", "10000000000", "value-out-of-range"),
        ("wage_income", 10**10, "value-out-of-range"),
        ("wage_income", 10**400, "value-out-of-range"),
        ("wage_income", "9" * 5000, "value-out-of-range"),
        ("food_secure", 1, "boolean-expected"),
        ("food_secure", "true", "boolean-expected"),
        ("housing_grade", "E", "choice-unknown"),
        ("housing_grade", ["A"], "choice-unknown"),
        ("home_acquired_on", "2025-02-30", "date-expected"),
        ("home_acquired_on", "20250101", "date-expected"),
        ("home_acquired_on", "1899-12-31", "value-out-of-range"),
        ("identified_year", 2201, "value-out-of-range"),
    ],
)
def test_refuses(name: str, value: Any, code: str) -> None:
    values, errors = parse_facts({name: value}, "/households/0/facts")
    assert values == {}
    assert [(error.pointer, error.code) for error in errors] == [(f"/households/0/facts/{name}", code)]


def test_an_unknown_name_is_an_error_and_never_repeats_what_could_be_personal() -> None:
    _, errors = parse_facts({"livestock": 3, "11010519491231002X": True}, "/facts")
    assert [(error.pointer, error.code) for error in errors] == [
        ("/facts/livestock", "name-unknown"),
        ("/facts", "name-unknown"),
    ]


def test_a_village_has_facts_of_its_own() -> None:
    assert parse_facts({"poor_people": 2_000}, "", Subject.VILLAGE) == ({"poor_people": 2_000}, [])
    assert parse_facts({"members": 3}, "", Subject.VILLAGE)[1]


@given(st.dictionaries(st.sampled_from(sorted(FACTS[Subject.HOUSEHOLD])), ANYTHING) | ANYTHING)
def test_anything_is_read_or_refused(raw: Any) -> None:
    values, errors = parse_facts(raw)
    known = {name for name, value in raw.items() if value is not None} if isinstance(raw, dict) else set()
    assert errors or set(values) == known
