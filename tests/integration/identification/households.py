"""Households drawn at random as JSON facts: near the lines of the policy, with some facts unknown."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from services.identification.policy import FACTS, Subject
from services.identification.policy.kinds import Kind

VOCABULARY = FACTS[Subject.HOUSEHOLD]
PARAMETERS = {
    "national_standard": "7500.00",
    "local_average_income": "21000.00",
    "home_cutoff": "2025-01-01",
    "away_months": 12,
    "away_income_factor": "1.5",
}
INCOMES = ("wage_income", "business_income", "property_income", "transfer_income")
LINES = ("0.00", "7500.00", "21000.00", "31500.00")
SECURED = {
    "food_secure", "safe_water", "clothing_secure", "education_secured", "medical_secured", "electricity",
    "able_to_build_or_repair", "stable_income_source", "policy_effect_evident",
}  # fmt: skip

ORDINARY: dict[str, Any] = {
    name: name in SECURED if fact.kind is Kind.BOOLEAN else None for name, fact in VOCABULARY.items()
} | {
    "registration": "rural",
    "medical_out_of_pocket": "0.00",
    "dwellings": 1,
    "housing_grade": "B",
    "home_acquired": "none",
    "away_months": 0,
    "identified_year": 2024,
}

_NUMBERS = {
    "members": [0, 1, 3, 100],
    "dwellings": [0, 1, 2],
    "away_months": [0, 11, 12, 13],
    "identified_year": [2019, 2025, 2026, 2027],
}
_DAYS = ["2019-07-01", "2024-12-31", "2025-01-01", "2025-01-02"]
_MONEY = ["0.00", "0.01", "7499.99", "7500.00", "7500.01", "20000.00", "9999999999.99"]


def _values(name: str) -> list[Any]:
    fact = VOCABULARY[name]
    match fact.kind:
        case Kind.BOOLEAN:
            return [True, False]
        case Kind.CHOICE:
            return list(fact.choices)
        case Kind.DATE:
            return _DAYS
        case Kind.MONEY:
            return _MONEY
        case _:
            return _NUMBERS[name]


# Facts that one criterion reads together: drawn together, so that each of their combinations is met.
_SITUATIONS = (
    ("able_to_build_or_repair", "dwellings", "housing_grade"),
    ("home_acquired", "home_acquired_on", "home_acquired_because"),
    ("luxury_car", "vessel", "construction_machinery", "large_farm_machinery"),
    ("runs_enterprise", "long_term_employees", "enterprise_operating_and_taxed"),
    ("payroll_member", "village_cadre_member", "major_cause_of_poverty"),
    ("away_months", "income_evidently_high"),
    ("serious_illness", "medical_out_of_pocket", "illness_relapse_risk"),
    ("registration", "dropout_for_lack_of_funds", "manifestly_ineligible"),
    ("stable_income_source", "policy_effect_evident", "identified_year"),
)

changes = st.sampled_from([(name, value) for name in VOCABULARY for value in [*_values(name), None]])
situations = st.one_of(
    [st.fixed_dictionaries({name: st.sampled_from([*_values(name), None]) for name in names}) for names in _SITUATIONS]
)
_cents = st.sampled_from([Decimal("-0.01"), Decimal("0.00"), Decimal("0.01")])


@st.composite
def households(draw: st.DrawFn) -> dict[str, Any]:
    """An ordinary household, its income about a line before or after medical costs, changed in a few facts."""
    members = draw(st.integers(1, 9))
    line = Decimal(draw(st.sampled_from(LINES))) * members
    expense = Decimal(draw(st.sampled_from(["0.00", "463.99"])))
    medical = Decimal(draw(st.sampled_from(["0.00", "0.01", "5000.00"])))
    total = max(Decimal(0), line + expense + draw(st.sampled_from([Decimal(0), medical])) + draw(_cents))
    wage = (total * draw(st.integers(0, 4)) / 4).quantize(Decimal("0.01"))
    incomes = dict.fromkeys(INCOMES, "0.00") | {
        "wage_income": str(wage),
        "transfer_income": str(total - wage),
        "business_expense": str(expense),
    }
    illness = {"medical_out_of_pocket": str(medical), "serious_illness": medical > 0}
    situation = draw(situations) | dict(draw(st.lists(changes, max_size=3)))
    return ORDINARY | incomes | illness | {"members": members} | situation
