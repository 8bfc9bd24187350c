"""The vocabulary of facts: what is known of a household in a year, or of a village (reading of the policy §2).

Every fact may be unknown. Facts that follow from others (income, housing that is safe) are derived in the
policy file, so that a county can read and change how.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from services.identification.policy import kinds
from services.identification.policy.kinds import Kind, Reader, Unreadable, Value
from shared.problems import FieldError

FactValues = Mapping[str, Value | None]


class Subject(StrEnum):
    HOUSEHOLD = "household"
    VILLAGE = "village"


@dataclass(frozen=True)
class Fact:
    """A fact by its name; ``maximum`` bounds whole numbers, money is bounded by ``kinds.MONEY_LIMIT``."""

    name: str
    kind: Kind
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    maximum: int = 100
    subject: Subject = Subject.HOUSEHOLD

    @cached_property
    def read(self) -> Reader:
        match self.kind:
            case Kind.BOOLEAN:
                return kinds.boolean
            case Kind.MONEY:
                return kinds.money
            case Kind.DATE:
                return kinds.calendar_date
            case Kind.CHOICE:
                return kinds.choice(self.choices)
            case _:
                return kinds.integer(0, self.maximum)


def _boolean(name: str, zh: str, en: str, subject: Subject = Subject.HOUSEHOLD) -> Fact:
    return Fact(name, Kind.BOOLEAN, zh, en, subject=subject)


def _money(name: str, zh: str, en: str) -> Fact:
    return Fact(name, Kind.MONEY, zh, en)


def _choice(name: str, zh: str, en: str, *choices: str) -> Fact:
    return Fact(name, Kind.CHOICE, zh, en, choices=choices)


def _integer(name: str, zh: str, en: str, maximum: int = 100) -> Fact:
    return Fact(name, Kind.INTEGER, zh, en, maximum=maximum)


def _people(name: str, zh: str, en: str) -> Fact:
    return Fact(name, Kind.INTEGER, zh, en, maximum=10_000_000, subject=Subject.VILLAGE)


_HOUSEHOLD = (
    _choice(
        "registration", "户籍类型", "kind of household registration", "rural", "converted_in_place", "urban"
    ),
    _integer("members", "计算人均的人口数", "people counted for per-capita figures"),
    _money("wage_income", "工资性收入", "wage income"),
    _money("business_income", "生产经营性收入", "business income"),
    _money("property_income", "财产性收入", "property income"),
    _money("transfer_income", "转移性收入", "transfer income"),
    _money("business_expense", "生产经营性支出", "business expense"),
    _boolean("income_evidently_high", "收入明显高于当地平均水平", "income evidently above the local average"),
    _money("medical_out_of_pocket", "自付医疗费用", "medical costs borne by the household"),
    _boolean("food_secure", "吃饭有保障", "food secured"),
    _boolean("safe_water", "饮水安全", "safe drinking water"),
    _boolean("clothing_secure", "穿衣有保障", "clothing secured"),
    _boolean("education_secured", "义务教育有保障", "compulsory education secured"),
    _boolean("dropout_for_lack_of_funds", "因缺资金辍学或面临辍学", "a child drops out for lack of money"),
    _integer("dwellings", "住房套数", "number of homes"),
    _choice("housing_grade", "住房等级", "grade of the best home", "A", "B", "C", "D"),
    _boolean("able_to_build_or_repair", "有能力建房或修缮", "able to build or repair a home"),
    _boolean("medical_secured", "基本医疗有保障", "basic medical care secured"),
    _boolean("serious_illness", "有大病或长期慢性病患者", "a member is seriously or chronically ill"),
    _choice(
        "home_acquired", "取得住房的方式", "how a home was acquired",
        "none", "purchase", "new_build", "luxury_renovation",
    ),
    Fact("home_acquired_on", Kind.DATE, "取得住房的日期", "when the home was acquired"),
    _choice(
        "home_acquired_because", "取得住房的原因", "why the home was acquired",
        "ordinary", "disaster", "ecological_relocation", "expropriation",
    ),
    _boolean("luxury_car", "拥有或使用享受型轿车", "owns or uses a car for comfort"),
    _boolean("vessel", "拥有或使用船舶", "owns or uses a vessel"),
    _boolean("construction_machinery", "拥有或使用工程机械", "owns or uses construction machinery"),
    _boolean("large_farm_machinery", "拥有或使用大型农机具", "owns or uses large farm machinery"),
    _boolean("runs_enterprise", "开办、经营或投资企业", "owns, runs or invests in an enterprise"),
    _boolean("long_term_employees", "长期雇用他人", "employs others for long"),
    _boolean("enterprise_operating_and_taxed", "企业正常经营并纳税", "the enterprise operates and pays tax"),
    _boolean("payroll_member", "有财政供养人员", "a member on the public payroll"),
    _boolean("village_cadre_member", "有现任村五职干部", "a member holds one of the village's five posts"),
    _boolean("major_cause_of_poverty", "有重大致贫原因", "a major cause of poverty"),
    _integer("away_months", "举家外出月数", "months the whole family has lived elsewhere", maximum=1200),
    _boolean("manifestly_ineligible", "明显不符合条件", "manifestly ineligible, with a written reason"),
    _boolean("electricity", "生活用电有保障", "electricity secured"),
    _boolean("stable_income_source", "有稳定收入来源", "a stable source of income"),
    _boolean("illness_relapse_risk", "有因病返贫风险", "at risk of poverty again through illness"),
    _boolean("policy_effect_evident", "扶贫政策效果明显", "assistance has had a clear effect"),
    _integer("identified_year", "识别或返贫年度", "year of identification or return", maximum=2200),
)  # fmt: skip

_VILLAGE = (
    _people("poor_people", "贫困人口数", "poor people"),
    _people("registered_rural_people", "农村户籍人口数", "registered rural people"),
    _boolean("infrastructure_adequate", "基础设施达到要求", "infrastructure adequate", Subject.VILLAGE),
    _boolean("public_services_adequate", "公共服务达到要求", "public services adequate", Subject.VILLAGE),
    _boolean("industry_adequate", "产业发展达到要求", "industry adequate", Subject.VILLAGE),
    _boolean("collective_income_adequate", "集体经济收入达到要求", "collective income adequate", Subject.VILLAGE),
)

FACTS: dict[Subject, dict[str, Fact]] = {
    Subject.HOUSEHOLD: {fact.name: fact for fact in _HOUSEHOLD},
    Subject.VILLAGE: {fact.name: fact for fact in _VILLAGE},
}

_READERS = {subject: {name: fact.read for name, fact in vocabulary.items()} for subject, vocabulary in FACTS.items()}


def parse_facts(
    raw: object, pointer: str = "", subject: Subject = Subject.HOUSEHOLD
) -> tuple[dict[str, Value | None], list[FieldError]]:
    """Read facts from JSON. Null and absent both mean unknown; an unknown name is an error.

    ``pointer`` is the JSON pointer of ``raw`` in the request. Facts that are wrong are left out.
    """
    if not isinstance(raw, dict):
        return {}, [kinds.field_error(pointer, "object-expected")]
    readers = _READERS[subject]
    values: dict[str, Value | None] = {}
    errors: list[FieldError] = []
    for name, value in raw.items():
        read = readers.get(name)
        if read is None:
            errors.append(kinds.field_error(kinds.pointer_to(pointer, name), "name-unknown"))
        elif value is not None:
            try:
                values[name] = read(value)
            except Unreadable as unreadable:
                errors.append(kinds.field_error(f"{pointer}/{name}", unreadable.code))
    return values, errors
