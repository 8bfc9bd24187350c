"""The facts of a household in the year: what its situation says, and what follows from its members."""

from collections.abc import Sequence
from random import Random

from services.season.county.livelihoods import divide_income
from services.season.county.people import Draft
from services.season.county.policy import STANDARD
from services.season.county.records import Facts, FactValue
from services.season.county.situation import Income, Situation

_SICK = ("chronic", "major_disease")
_IN_SCOPE = ("rural", "converted_in_place")

_SOUND: Facts = {
    "income_evidently_high": False,
    "food_secure": True,
    "safe_water": True,
    "clothing_secure": True,
    "education_secured": True,
    "dropout_for_lack_of_funds": False,
    "dwellings": 1,
    "housing_grade": "B",
    "able_to_build_or_repair": True,
    "medical_secured": True,
    "home_acquired": "none",
    "home_acquired_on": None,
    "home_acquired_because": None,
    "luxury_car": False,
    "vessel": False,
    "construction_machinery": False,
    "large_farm_machinery": False,
    "runs_enterprise": False,
    "long_term_employees": False,
    "enterprise_operating_and_taxed": False,
    "payroll_member": False,
    "village_cadre_member": False,
    "major_cause_of_poverty": False,
    "away_months": 0,
    "manifestly_ineligible": False,
    "electricity": True,
    "stable_income_source": True,
    "illness_relapse_risk": False,
    "policy_effect_evident": True,
    "identified_year": None,
}


def money(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def state_facts(
    random: Random, situation: Situation, drafts: Sequence[Draft], livelihood: str, identified_year: int | None
) -> dict[str, FactValue]:
    """Only the living who are in scope are counted; where nobody is, the income is that of all."""
    living = [draft for draft in drafts if draft.deceased_on is None]
    counted = sum(draft.registration in _IN_SCOPE for draft in living)
    heads = counted or len(living)
    per_head = draw_income(random, situation.income)
    sick = any(draft.health in _SICK for draft in living)
    return {
        "registration": drafts[0].registration,
        "members": counted,
        **{name: money(fen) for name, fen in divide_income(random, per_head * heads, livelihood).items()},
        "medical_out_of_pocket": _medical_costs(random, situation, heads, per_head, sick=sick),
        "serious_illness": sick,
        **_SOUND,
        **_circumstances(random, per_head),
        "illness_relapse_risk": situation.illness == "ruinous",
        "identified_year": identified_year,
        **situation.facts,
    }


def draw_income(random: Random, income: Income) -> int:
    if income.low == income.high:
        return income.low
    return int(random.triangular(income.low, income.high, income.usual))


def _circumstances(random: Random, per_head: int) -> Facts:
    """What differs between sound households, without bearing on any criterion of entry."""
    low = per_head < STANDARD
    return {
        "housing_grade": "A" if random.random() < (0.2 if low else 0.5) else "B",
        "dwellings": 2 if not low and random.random() < 0.08 else 1,
        "able_to_build_or_repair": random.random() > (0.6 if low else 0.05),
        "stable_income_source": not low and random.random() > 0.05,
    }


def _medical_costs(random: Random, situation: Situation, heads: int, per_head: int, *, sick: bool) -> str | None:
    """Borne by the household: a ruinous illness takes it below the standard, a light one never does."""
    above = max(0, per_head - STANDARD) * heads
    match situation.illness:
        case "unknown":
            return None
        case "ruinous":
            return money(above + random.randint(300_00, 4_000_00) * heads)
        case _ if sick:
            return money(min(random.randint(200_00, 4_000_00), above // 2))
    return money(0 if random.random() < 0.5 else random.randint(10_00, 300_00))
