import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.identification.policy import CriteriaError, Policy, load_criteria, parse_criteria, parse_parameters
from services.identification.policy.criteria import NATIONAL

SOURCE = NATIONAL.read_text(encoding="utf-8")
VALUES, _ = parse_parameters({"national_standard": "7500.00", "local_average_income": "21000.00"})


def changed(old: str, new: str) -> str:
    assert old in SOURCE
    return SOURCE.replace(old, new, 1)


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(CriteriaError) as caught:
        parse_criteria(text)
    return [(fault.entry, fault.code) for fault in caught.value.faults]


def test_the_national_policy_holds_every_criterion() -> None:
    criteria = load_criteria()
    assert set(criteria.criteria) == {
        "standard.met", "entry.national", *(f"entry.{number}" for number in range(1, 5)),
        *(f"bar.{number}" for number in range(1, 8)), "exit.1",
        *(f"stay.{number}" for number in range(1, 4)), "village.incidence", "village.factors",
    }  # fmt: skip
    assert set(criteria.contradictions) == {"schooling", "illness", "dwelling"}
    assert set(criteria.procedures) == {"assessment", "entry", "exit", "village_exit"}


def test_every_place_that_is_wrong_is_named_at_once() -> None:
    text = changed('expression = "dropout_for_lack_of_funds"', 'expression = "dropout"').replace(
        'expression = "manifestly_ineligible"', 'expression = "members / 0 > 1"'
    )
    assert faults(text) == [("criteria.entry.2", "name-unknown"), ("criteria.bar.7", "division-refused")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[policy", ("policy", "toml-malformed")),
        ("a = " + "[" * 10_000, ("policy", "toml-malformed")),
        ("#" * 300_000, ("policy", "file-too-large")),
        (changed('per = "members"', 'per = "vessel"'), ("derived.income_per_capita", "per-head-by-count")),
        (changed('per = "members"', 'times = "members"'), ("derived.income_per_capita.times", "entry-unknown")),
        (changed("[derived.income]", "[derived.vessel]"), ("derived.vessel", "name-taken")),
        (changed("[derived.in_scope]", "[derived.first]"), ("derived.first", "name-reserved")),
        (changed('"entry.3", "entry.4"]', '"entry.3", "entry.9"]'), ("procedures.entry", "criterion-unknown")),
        (changed('"entry.3", "entry.4"]', '"entry.3", "entry.3"]'), ("procedures.entry", "criterion-repeated")),
        (changed('all_of = ["exit.1"]\n', ""), ("procedures.exit", "criteria-missing")),
        (changed('scope = "in_scope"', 'scope = "members"'), ("procedures.entry", "boolean-needed")),
        (changed('fails = "ineligible"', 'fails = "eligible"'), ("procedures.entry", "verdicts-equal")),
    ],
)
def test_refuses_a_file(text: str, expected: tuple[str, str]) -> None:
    assert expected in faults(text)


@given(st.text(max_size=80), st.integers(0, len(SOURCE) - 1))
def test_a_damaged_file_is_read_or_refused(inserted: str, position: int) -> None:
    with contextlib.suppress(CriteriaError):
        parse_criteria(SOURCE[:position] + inserted + SOURCE[position:])


def test_the_version_follows_meaning_not_layout() -> None:
    def version(text: str, year: int = 2026, **parameters: object) -> str:
        values, _ = parse_parameters(parameters, "", VALUES)
        return Policy("500229", year, values, parse_criteria(text)).version

    original = version(SOURCE)
    assert version("# a remark\n" + SOURCE) == original
    assert version(SOURCE, away_months=12) == original
    assert version(changed("dwellings >= 1", "dwellings >= 2")) != original
    assert version(SOURCE, away_months=6) != original
    assert version(SOURCE, year=2027) != original


def test_policies_are_equal_where_division_and_version_are() -> None:
    first, second = (Policy("500229", 2026, VALUES, load_criteria()) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != Policy("500230", 2026, VALUES, load_criteria())
