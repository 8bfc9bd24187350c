import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.identification.policy import FACTS, PARAMETERS, load_criteria
from services.identification.policy.expressions import Term, compile_condition
from services.identification.policy.facts import Subject
from services.identification.policy.lexis import MESSAGES, ExpressionError, Place, is_name
from services.identification.policy.vocabulary import Derived, Vocabulary

DERIVED = {
    "income": Derived("income", Subject.HOUSEHOLD, "", "", "wage_income - business_expense"),
    "income_per_capita": Derived("income_per_capita", Subject.HOUSEHOLD, "", "", "income", "members"),
}


def condition(text: str, derived: dict[str, Derived] = DERIVED) -> Term:
    return compile_condition(text, Vocabulary(Subject.HOUSEHOLD, derived).resolve)


def refused(text: str, derived: dict[str, Derived] = DERIVED) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        condition(text, derived)
    return caught.value


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("vessel", "fact.vessel"),
        ("not vessel or luxury_car", "(NOT fact.vessel) OR fact.luxury_car"),
        ("registration in ('rural', 'urban')", "fact.registration IN ('rural', 'urban')"),
        ("home_acquired_on >= '2025-01-01'", "fact.home_acquired_on >= CAST('2025-01-01' AS DATE)"),
        ("away_months >= parameter.away_months", "fact.away_months >= parameter.away_months"),
        ("members = -2", "fact.members = (-2)"),
        (
            "year(home_acquired_on) = evaluation_year",
            "CAST(EXTRACT(YEAR FROM fact.home_acquired_on) AS BIGINT) = parameter.evaluation_year",
        ),
        (
            "income_per_capita < national_standard",
            "(fact.wage_income - fact.business_expense) < (parameter.national_standard * NULLIF(fact.members, 0))",
        ),
        (
            "2 * national_standard <= income_per_capita",
            "(fact.wage_income - fact.business_expense)"
            " >= ((2 * parameter.national_standard) * NULLIF(fact.members, 0))",
        ),
    ],
)
def test_accepts(text: str, sql: str) -> None:
    assert condition(text).sql.sql(dialect="postgres") == sql


def test_every_fact_and_parameter_can_be_named() -> None:
    names = [*FACTS[Subject.HOUSEHOLD], *FACTS[Subject.VILLAGE], *PARAMETERS, *load_criteria().derived]
    assert [name for name in names if not is_name(name)] == []


def test_tells_what_it_reads() -> None:
    term = condition("income_per_capita < national_standard and vessel")
    assert term.facts == {"wage_income", "business_expense", "members", "vessel"}
    assert term.parameters == {"national_standard"}
    assert term.divisors == {"members"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "expression-empty", 1, 1),
        ("vessel and\n  livestock", "name-unknown", 2, 3),
        ("members / 2 > 1", "division-refused", 1, 9),
        ("members % 2 = 1", "division-refused", 1, 9),
        ("vessel is null", "null-refused", 1, 8),
        ("vessel = null", "null-refused", 1, 10),
        ("case when vessel then true end", "null-refused", 1, 1),
        ("vessel or coalesce(luxury_car, true)", "function-refused", 1, 11),
        ("pg_sleep(10) = 1", "function-refused", 1, 1),
        ("cast(vessel as int) = 1", "function-refused", 1, 1),
        ("vessel::int = 1", "token-refused", 1, 7),
        ("vessel; drop table households", "token-refused", 1, 7),
        ("(select true)", "subquery-refused", 1, 2),
        ("members in (select 1)", "subquery-refused", 1, 13),
        ('"vessel"', "token-refused", 1, 1),
        ("vessel = $1", "token-refused", 1, 10),
        ("fact.vessel", "name-unknown", 1, 1),
        ("quorum > 1", "name-unknown", 1, 1),
        ("members", "boolean-needed", 1, 1),
        ("vessel and members", "boolean-needed", 1, 12),
        ("members + wage_income > 0", "kinds-mixed", 1, 1),
        ("members = 'rural'", "kinds-mixed", 1, 1),
        ("vessel > luxury_car", "order-refused", 1, 1),
        ("registration = 'city'", "choice-unknown", 1, 1),
        ("home_acquired_on > '2025-13-01'", "date-needed", 1, 1),
        ("wage_income * wage_income > 1", "kinds-mixed", 1, 1),
        ("members in (dwellings)", "membership-refused", 1, 1),
        ("income_per_capita + 1 > 2", "per-head-alone", 1, 1),
        ("income_per_capita = income_per_capita", "per-head-alone", 1, 1),
        ("members < 1e5", "number-refused", 1, 11),
        ("members > 99999999999", "number-refused", 1, 11),
        ("vessel and", "expression-malformed", 1, 10),
        ("(vessel", "expression-malformed", 1, 7),
        ("'", "expression-malformed", 1, 1),
        ("vessel luxury_car", "construct-refused", 1, 1),
        ("(vessel, vessel) = (vessel, vessel)", "construct-refused", 1, 2),
    ],
)
def test_refuses_at_the_place(text: str, code: str, line: int, column: int) -> None:
    error = refused(text)
    assert (error.code, error.place) == (code, Place(line, column))


def test_shows_the_place() -> None:
    assert refused("vessel and livestock").marked("vessel and livestock") == "vessel and livestock\n           ^"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "vessel" + ")" * 10_000,
        "(" * 100 + "vessel" + ")" * 100,
        "not " * 10_000 + "vessel",
        "not " * 500 + "vessel",
        "- " * 500 + "members > 0",
        "vessel = not " * 150 + "vessel",
        "year(" * 100 + "home_acquired_on" + ")" * 100 + " = 1",
        "vessel or " * 299 + "vessel",
        " * ".join(["members"] * 30) + " > 1",
    ],
)
def test_refuses_nesting_without_end(text: str) -> None:
    assert refused(text).code in {"expression-too-deep", "expression-too-long", "value-too-large"}


def test_refuses_derived_facts_in_a_circle() -> None:
    circle = {
        "chicken": Derived("chicken", Subject.HOUSEHOLD, "", "", "vessel or egg"),
        "egg": Derived("egg", Subject.HOUSEHOLD, "", "", "vessel and chicken"),
    }
    assert refused("chicken", circle).code == "name-cyclic"


def test_refuses_derived_facts_that_grow_without_end() -> None:
    growing = {"d0": Derived("d0", Subject.HOUSEHOLD, "", "", "vessel or luxury_car")}
    for number in range(1, 40):
        text = f"(d{number - 1} or not d{number - 1})"
        growing[f"d{number}"] = Derived(f"d{number}", Subject.HOUSEHOLD, "", "", text)
    assert refused("d39", growing).code == "expression-too-long"


WORDS = st.sampled_from(
    [
        "vessel", "luxury_car", "members", "dwellings", "wage_income", "income_per_capita", "registration",
        "'rural'", "'2025-01-01'", "home_acquired_on", "national_standard", "parameter.away_months",
        "and", "or", "not", "in", "(", ")", ",", "=", "<>", "<", ">=", "+", "-", "*", "/", "0", "1.5", "true",
        "null", "select", "case", "year", "::", ";", "--", "/*", "$$", "coalesce",
    ]
)  # fmt: skip


@settings(max_examples=500)
@given(st.text(max_size=60) | st.lists(WORDS, max_size=12).map(" ".join))
def test_anything_is_compiled_or_refused_with_both_texts(text: str) -> None:
    outcome = compiled_or_refused(text)
    if isinstance(outcome, ExpressionError):
        assert (outcome.zh, outcome.en) == MESSAGES[outcome.code]
        assert outcome.marked(text).endswith("^")
    else:
        words = set(re.findall(r"[a-zA-Z_]+", outcome.sql.sql(dialect="postgres")))
        assert not words & {"SELECT", "NULL", "CASE", "COALESCE"}


def compiled_or_refused(text: str) -> Term | ExpressionError:
    try:
        return condition(text)
    except ExpressionError as error:
        return error
