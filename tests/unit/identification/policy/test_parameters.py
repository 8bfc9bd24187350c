import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from services.identification.policy import PARAMETERS, PublicityDays, parse_parameters, render_parameters

STATED = {"national_standard": "7500.00", "local_average_income": "21000.00"}


def test_defaults_fill_what_is_not_stated() -> None:
    values, errors = parse_parameters(STATED)
    assert errors == []
    assert set(values) == set(PARAMETERS)
    assert values["national_standard"] == Decimal(7500)
    assert values["quorum"] == Fraction(2, 3)
    assert values["home_cutoff"] == date(2025, 1, 1)


def test_the_standards_must_be_stated() -> None:
    _, errors = parse_parameters({}, "/parameters")
    assert [(error.pointer, error.code) for error in errors] == [
        ("/parameters/national_standard", "value-missing"),
        ("/parameters/local_average_income", "value-missing"),
    ]


def test_a_county_overrides_its_province() -> None:
    province, _ = parse_parameters(STATED | {"away_months": 6, "publicity_days": 5})
    county, errors = parse_parameters({"away_months": 9, "quorum": None}, "", province)
    assert errors == []
    assert county == province | {"away_months": 9}


def test_what_is_rendered_can_be_read_again() -> None:
    values, _ = parse_parameters(
        STATED
        | {
            "quorum": "0.75",
            "pass_ratio": "3/5",
            "publicity_days": {
                "village_appraisal": 10, "calendar": "working",
                "holidays": ["2026-10-01"], "worked_weekends": ["2026-10-10"],
            },
        }
    )  # fmt: skip
    rendered = json.loads(json.dumps(render_parameters(values)))
    assert rendered["quorum"] == "3/4"
    assert parse_parameters(rendered) == (values, [])


@pytest.mark.parametrize(
    ("name", "value", "pointer", "code"),
    [
        ("national_standard", "0", "/national_standard", "value-out-of-range"),
        ("national_standard", 7500.5, "/national_standard", "money-expected"),
        ("national_standard", "-1", "/national_standard", "value-negative"),
        ("quorum", "2/0", "/quorum", "fraction-expected"),
        ("quorum", "3/2", "/quorum", "value-out-of-range"),
        ("quorum", 0, "/quorum", "value-out-of-range"),
        ("quorum", 0.66, "/quorum", "fraction-expected"),
        ("pass_ratio", "1", "/pass_ratio", "value-out-of-range"),
        ("away_income_factor", "1.5.0", "/away_income_factor", "number-expected"),
        ("village_incidence_limit", "3", "/village_incidence_limit", "value-out-of-range"),
        ("income_period", "month", "/income_period", "choice-unknown"),
        ("home_cutoff", "2025-1-1", "/home_cutoff", "date-expected"),
        ("publicity_days", 0, "/publicity_days/group_appraisal", "value-out-of-range"),
        ("publicity_days", {"calendar": "lunar"}, "/publicity_days/calendar", "choice-unknown"),
        ("publicity_days", {"breakfast": 3}, "/publicity_days/breakfast", "name-unknown"),
        ("publicity_days", {"holidays": "2026-10-01"}, "/publicity_days/holidays", "dates-expected"),
        ("cutoff", "2025-01-01", "/cutoff", "name-unknown"),
    ],
)
def test_refuses(name: str, value: Any, pointer: str, code: str) -> None:
    _, errors = parse_parameters(STATED | {name: value})
    assert (errors[0].pointer, errors[0].code) == (pointer, code)


def test_a_publicity_counts_natural_days() -> None:
    assert PublicityDays().last_day("group_appraisal", date(2026, 9, 28)) == date(2026, 10, 5)


def test_a_publicity_counts_working_days() -> None:
    working = PublicityDays(
        calendar="working",
        holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
        worked_weekends=frozenset({date(2026, 10, 10)}),
    )
    # 29, 30 September; 8, 9, 10 (a worked Saturday), 12, 13 October
    assert working.last_day("group_appraisal", date(2026, 9, 28)) == date(2026, 10, 13)
