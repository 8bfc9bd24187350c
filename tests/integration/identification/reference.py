"""The policy decided a second time, written by hand from the reading: three-valued logic over exact fractions.

It shares nothing with the engine: no expression, no SQL, no per-head rewriting.
"""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

Answer = bool | None
Facts = Mapping[str, Any]


def no(answer: Answer) -> Answer:
    return None if answer is None else not answer


def both(*answers: Answer) -> Answer:
    if False in answers:
        return False
    return None if None in answers else True


def either(*answers: Answer) -> Answer:
    return no(both(*map(no, answers)))


def compare(how: Callable[[Any, Any], bool], left: Any, right: Any) -> Answer:
    return None if left is None or right is None else how(left, right)


def among(value: Any, *members: Any) -> Answer:
    return None if value is None else value in members


class Reference:
    def __init__(self, parameters: Mapping[str, Any], year: int) -> None:
        self.standard = Fraction(parameters["national_standard"])
        self.average = Fraction(parameters["local_average_income"])
        self.factor = Fraction(parameters["away_income_factor"])
        self.months = parameters["away_months"]
        self.cutoff = parameters["home_cutoff"]
        self.year = year

    def entry(self, facts: Facts) -> tuple[Answer, dict[str, Answer]]:
        answers = {**self._ways_in(facts), **self._bars(facts)}
        ways = [answers[name] for name in ("entry.national", "entry.1", "entry.2", "entry.3", "entry.4")]
        bars = [no(answers[f"bar.{number}"]) for number in range(1, 8)]
        in_scope = among(facts["registration"], "rural", "converted_in_place")
        return both(in_scope, either(*ways), *bars), answers

    def exit(self, facts: Facts) -> tuple[Answer, dict[str, Answer]]:
        income = _per_head(facts, _income(facts))
        lasting = ("stable_income_source", "education_secured", "medical_secured", "safe_water", "electricity")
        answers = {
            "exit.1": both(
                compare(operator.gt, income, self.standard),
                *(facts[name] for name in lasting),
                _safe_home(facts),
                no(facts["illness_relapse_risk"]),
            ),
            "stay.1": either(
                compare(operator.le, income, self.standard),
                no(facts["stable_income_source"]),
                no(_secured(facts)),
            ),
            "stay.2": no(facts["policy_effect_evident"]),
            "stay.3": compare(operator.eq, facts["identified_year"], self.year),
        }
        return both(answers["exit.1"], *(no(answers[f"stay.{number}"]) for number in (1, 2, 3))), answers

    def _ways_in(self, facts: Facts) -> dict[str, Answer]:
        below = compare(operator.lt, _per_head(facts, _income(facts)), self.standard)
        homes = facts["dwellings"]
        dangerous = both(compare(operator.eq, homes, 1), among(facts["housing_grade"], "C", "D"))
        after = _per_head(facts, _less(_income(facts), _yuan(facts, "medical_out_of_pocket")))
        return {
            "entry.national": both(below, no(_secured(facts))),
            "entry.1": below,
            "entry.2": facts["dropout_for_lack_of_funds"],
            "entry.3": both(no(facts["able_to_build_or_repair"]), either(compare(operator.eq, homes, 0), dangerous)),
            "entry.4": both(
                facts["serious_illness"],
                compare(operator.gt, _yuan(facts, "medical_out_of_pocket"), 0),
                compare(operator.lt, after, self.standard),
            ),
        }

    def _bars(self, facts: Facts) -> dict[str, Answer]:
        income = _per_head(facts, _income(facts))
        high = compare(operator.gt, income, self.factor * self.average)
        machines = ("luxury_car", "vessel", "construction_machinery", "large_farm_machinery")
        enterprise = ("runs_enterprise", "long_term_employees", "enterprise_operating_and_taxed")
        return {
            "bar.1": compare(operator.gt, income, self.average),
            "bar.2": both(
                no(among(facts["home_acquired"], "none")),
                compare(operator.ge, facts["home_acquired_on"], self.cutoff),
                among(facts["home_acquired_because"], "ordinary"),
            ),
            "bar.3": either(*(facts[name] for name in machines)),
            "bar.4": both(*(facts[name] for name in enterprise)),
            "bar.5": either(
                facts["payroll_member"],
                both(facts["village_cadre_member"], no(facts["major_cause_of_poverty"])),
            ),
            "bar.6": both(
                compare(operator.ge, facts["away_months"], self.months),
                either(facts["income_evidently_high"], high),
            ),
            "bar.7": facts["manifestly_ineligible"],
        }


def _yuan(facts: Facts, name: str) -> Fraction | None:
    return None if facts[name] is None else Fraction(facts[name])


def _less(amount: Fraction | None, expense: Fraction | None) -> Fraction | None:
    return None if amount is None or expense is None else amount - expense


def _income(facts: Facts) -> Fraction | None:
    total = Fraction(0)
    for source in ("wage", "business", "property", "transfer"):
        amount = _yuan(facts, f"{source}_income")
        if amount is None:
            return None
        total += amount
    return _less(total, _yuan(facts, "business_expense"))


def _per_head(facts: Facts, amount: Fraction | None) -> Fraction | None:
    return amount / facts["members"] if amount is not None and facts["members"] else None


def _safe_home(facts: Facts) -> Answer:
    return both(compare(operator.ge, facts["dwellings"], 1), among(facts["housing_grade"], "A", "B"))


def _secured(facts: Facts) -> Answer:
    names = ("food_secure", "safe_water", "clothing_secure", "education_secured", "medical_secured")
    return both(*(facts[name] for name in names), _safe_home(facts))
