"""Every kind of household in the county, as data: for each criterion of entry one that meets it, and every edge.

The order is that of the reading of the policy §3: ways in, edges, ways kept out, unknown facts, who is registered
already, and who does not apply at all.
"""

from collections.abc import Mapping
from typing import Unpack

from services.season.county.records import FactValue
from services.season.county.situation import (
    HIGH,
    MIDDLE,
    MODEST,
    SCHOOLCHILDREN,
    VERY_HIGH,
    WORKERS,
    Particulars,
    Situation,
    Verdict,
    by_name,
    exactly,
)

NO_HOME: dict[str, FactValue] = {"dwellings": 0, "housing_grade": None, "able_to_build_or_repair": False}
DANGEROUS_HOME: dict[str, FactValue] = {"dwellings": 1, "housing_grade": "D", "able_to_build_or_repair": False}
DROPOUT: dict[str, FactValue] = {"education_secured": False, "dropout_for_lack_of_funds": True}
ENTERPRISE: dict[str, FactValue] = {"runs_enterprise": True, "enterprise_operating_and_taxed": True}
CADRE: dict[str, FactValue] = {"village_cadre_member": True, "major_cause_of_poverty": False}


def _home(how: str, on: str, because: str) -> dict[str, FactValue]:
    return {"home_acquired": how, "home_acquired_on": on, "home_acquired_because": because}


def _enters(name: str, zh: str, per_2000: int, criteria: str, **more: Unpack[Particulars]) -> Situation:
    return _situation(name, zh, per_2000, "eligible", criteria, **more)


def _kept_out(name: str, zh: str, per_2000: int, criteria: str, **more: Unpack[Particulars]) -> Situation:
    return _situation(name, zh, per_2000, "ineligible", criteria, **more)


def _unknown(name: str, zh: str, per_2000: int, criteria: str, **more: Unpack[Particulars]) -> Situation:
    return _situation(name, zh, per_2000, "undetermined", criteria, **more)


def _stays_away(name: str, zh: str, per_2000: int, criteria: str, **more: Unpack[Particulars]) -> Situation:
    """Does not apply, and would not be eligible."""
    more["applies"] = False
    return _situation(name, zh, per_2000, "ineligible", criteria, **more)


def _situation(
    name: str, zh: str, per_2000: int, verdict: Verdict, criteria: str, **more: Unpack[Particulars]
) -> Situation:
    return Situation(name, zh, per_2000, verdict, frozenset(criteria.split()), **more)


_WAYS_IN = (
    _enters("low_income", "收入低于标准", 110, "entry.1"),
    _enters("low_income_unsecured", "收入低于标准且饮水医疗无保障", 35, "entry.national entry.1",
            facts={"safe_water": False, "medical_secured": False}, cause="water"),
    _enters("low_income_and_illness", "收入低于标准且患病", 40, "entry.1 entry.4", illness="ruinous", cause="illness"),
    _enters("low_income_dangerous_home", "收入低于标准且住危房", 28, "entry.national entry.1 entry.3",
            facts=DANGEROUS_HOME),
    _enters("dropout", "因贫辍学", 18, "entry.2", income=MODEST, facts=DROPOUT, families=SCHOOLCHILDREN,
            cause="schooling"),
    _enters("no_home", "无住房", 15, "entry.3", income=MODEST, facts=NO_HOME, cause="capital"),
    _enters("dangerous_home", "唯一住房为危房且无力修缮", 35, "entry.3", income=MODEST,
            facts=DANGEROUS_HOME | {"housing_grade": "C"}, cause="capital"),
    _enters("illness", "因病支出后低于标准", 70, "entry.4", income=MODEST, illness="ruinous", cause="illness"),
    _enters("returned_below_standard", "脱贫后收入再低于标准", 30, "entry.1", status="exited"),
    _enters("returned_through_illness", "脱贫后因病返贫", 15, "entry.4", income=MODEST, illness="ruinous",
            status="exited", cause="illness"),
)  # fmt: skip

_EDGES = (
    _enters("converted_in_place", "就地农转非", 14, "entry.1", registration="converted_in_place"),
    _enters("just_below_standard", "差一分到标准", 5, "entry.1", income=exactly(7_499_99)),
    _kept_out("at_standard", "恰在标准", 5, "", income=exactly(7_500_00)),
    _kept_out("just_above_standard", "过标准一分", 5, "", income=exactly(7_500_01)),
    _enters("cadre_with_major_cause", "村干部有重大致贫原因", 5, "entry.1 entry.4", illness="ruinous", families=WORKERS,
            facts=CADRE | {"major_cause_of_poverty": True}, cause="illness"),
    _enters("home_before_cutoff", "起算日前一天购房", 6, "entry.1", facts=_home("purchase", "2024-12-31", "ordinary")),
    _enters("home_after_disaster", "灾后建房", 6, "entry.1", facts=_home("new_build", "2025-09-12", "disaster"),
            cause="disaster"),
    _enters("home_by_relocation", "生态搬迁建房", 6, "entry.1",
            facts=_home("new_build", "2025-05-20", "ecological_relocation")),
    _enters("away_and_poor", "举家外出而收入低", 10, "entry.1", facts={"away_months": 14}, families=WORKERS),
    _enters("enterprise_without_employees", "经营小店不雇人", 6, "entry.1", facts=ENTERPRISE, families=WORKERS),
)  # fmt: skip

_WAYS_KEPT_OUT = (
    _kept_out("no_way_in", "无一进条件", 45, "", income=MODEST, illness="some"),
    _kept_out("income_above_average", "收入高于当地平均", 6, "entry.4 bar.1", income=HIGH, illness="ruinous"),
    _kept_out("home_since_cutoff", "起算日当天新建住房", 10, "entry.1 bar.2",
              facts=_home("new_build", "2025-01-01", "ordinary")),
    _kept_out("luxury_renovation", "高标准装修", 4, "entry.1 bar.2",
              facts=_home("luxury_renovation", "2025-08-03", "ordinary")),
    _kept_out("luxury_car", "有享受型轿车", 6, "entry.1 bar.3", facts={"luxury_car": True}, families=WORKERS),
    _kept_out("vessel", "有船舶", 2, "entry.1 bar.3", facts={"vessel": True}, families=WORKERS),
    _kept_out("construction_machinery", "有工程机械", 3, "entry.1 bar.3", facts={"construction_machinery": True},
              families=WORKERS),
    _kept_out("large_farm_machinery", "有大型农机具", 3, "entry.1 bar.3", facts={"large_farm_machinery": True},
              families=WORKERS),
    _kept_out("enterprise", "办企业雇人纳税", 5, "entry.1 bar.4", facts=ENTERPRISE | {"long_term_employees": True},
              families=WORKERS),
    _kept_out("payroll_member", "有财政供养人员", 6, "entry.1 bar.5", facts={"payroll_member": True}, families=WORKERS),
    _kept_out("cadre", "村干部无重大致贫原因", 6, "entry.1 bar.5", facts=CADRE, families=WORKERS),
    _kept_out("away_and_evidently_high", "举家外出收入明显高", 6, "entry.1 bar.6",
              facts={"away_months": 12, "income_evidently_high": True}, families=WORKERS),
    _kept_out("away_and_very_high", "举家外出收入很高", 4, "bar.1 bar.6", income=VERY_HIGH,
              facts={"away_months": 26}, families=WORKERS),
    _kept_out("manifestly_ineligible", "明显不符合条件", 5, "entry.1 bar.7", facts={"manifestly_ineligible": True}),
    _kept_out("urban", "城镇户籍申请", 8, "", registration="urban"),
    _kept_out("exited_and_sound", "脱贫后稳定仍申请", 6, "", income=MODEST, status="exited"),
)  # fmt: skip

_UNKNOWN = (
    _unknown("unknown_wages", "工资收入不明", 10, "", facts={"wage_income": None}),
    _unknown("unknown_grade", "住房等级不明", 8, "", income=MODEST,
             facts={"housing_grade": None, "able_to_build_or_repair": False}),
    _unknown("unknown_costs_of_illness", "医疗自付不明", 6, "", income=MODEST, illness="unknown"),
    _unknown("unknown_car", "车辆用途不明", 6, "entry.1", facts={"luxury_car": None}, families=WORKERS),
)  # fmt: skip

_REGISTERED = (
    _situation("poor", "在册贫困", 90, "eligible", "entry.1", status="poor", applies=False),
    _situation("poor_applying_again", "在册贫困仍申请", 4, "eligible", "entry.1", status="poor"),
    _stays_away("poor_and_risen", "在册贫困可脱贫", 60, "", income=MODEST, status="poor"),
    _stays_away("exited", "已脱贫", 170, "", income=MODEST, illness="some", status="exited"),
)  # fmt: skip

_NOT_APPLYING = (
    _situation("poor_but_silent", "符合条件未申请", 25, "eligible", "entry.1", applies=False),
    _stays_away("modest", "略高于标准", 400, "", income=MODEST, illness="some"),
    _stays_away("middle", "中等收入", 442, "", income=MIDDLE, illness="some"),
    _stays_away("prosperous", "高于当地平均", 120, "bar.1", income=HIGH, illness="some"),
    _stays_away("serving_cadre", "村干部家庭", 30, "bar.5", income=MIDDLE, facts=CADRE, families=WORKERS),
    _stays_away("townspeople", "城镇居民", 40, "", income=MIDDLE, registration="urban"),
)  # fmt: skip

SITUATIONS: Mapping[str, Situation] = by_name(
    (*_WAYS_IN, *_EDGES, *_WAYS_KEPT_OUT, *_UNKNOWN, *_REGISTERED, *_NOT_APPLYING)
)
