"""What applicants did not declare, and departments know: with the outcome that verification reaches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from services.season.county.records import HiddenTruth, Household, Member, Outcome
from services.season.county.rows import draw_row, written
from services.season.county.troubles import Untroubled, share
from shared.identity_numbers import birth_date


@dataclass(frozen=True, slots=True)
class Truth:
    """``row`` are the values that matter of the extract's row; the others are drawn."""

    per_2000: int
    kind: str
    outcome: Outcome
    reason: str
    row: Mapping[str, str]


MISTYPED = "登记时身份证号录入错误，权利人另有其人，已核对原始档案。"

TRUTHS = (
    Truth(4, "vehicles", "confirmed", "享受型轿车，家庭自用。",
          {"vehicle_type": "轿车", "brand": "大众帕萨特", "registered_on": "2024-03-18"}),
    Truth(3, "vehicles", "cleared", "旧微型面包车，用于赶场卖菜谋生。",
          {"vehicle_type": "微型普通客车", "brand": "五菱之光", "registered_on": "2012-06-05"}),
    Truth(3, "vehicles", "refuted", "车辆已卖出，买方未办过户，已核对买卖协议。",
          {"vehicle_type": "轿车", "brand": "长安悦翔", "registered_on": "2015-10-21"}),
    Truth(4, "property", "confirmed", "在县城购买商品房，未申报。",
          {"address": "城口县葛城街道滨河路", "area": "98.60", "acquired_on": "2025-06-12"}),
    Truth(3, "property", "cleared", "易地扶贫搬迁安置房，不属购建住房。",
          {"address": "城口县修齐镇安置小区", "area": "75.00", "acquired_on": "2025-03-30"}),
    Truth(2, "property", "refuted", MISTYPED,
          {"address": "城口县复兴街道友谊路", "area": "112.30", "acquired_on": "2025-09-02"}),
    Truth(2, "machinery", "confirmed", "挖掘机一台，出租经营。",
          {"machine_type": "挖掘机", "model": "SY75C", "registered_on": "2023-04-11"}),
    Truth(2, "machinery", "cleared", "微耕机，小型农具，不属大型农机。",
          {"machine_type": "微耕机", "model": "1WG4.0", "registered_on": "2021-02-26"}),
    Truth(3, "companies", "confirmed", "任法定代表人，长期雇工，正常纳税。",
          {"role": "法定代表人", "company_status": "存续"}),
    Truth(3, "companies", "cleared", "以土地入股合作社，未参与经营，无分红。",
          {"role": "成员", "company_status": "存续", "company_name": "城口县高山中药材专业合作社"}),
    Truth(2, "companies", "refuted", "身份信息被他人冒用登记，市场监管部门已立案撤销。",
          {"role": "监事", "company_status": "存续"}),
    Truth(3, "payroll", "confirmed", "在编教师，与该户共同生活。",
          {"post": "教师", "since": "2019-09-01", "until": ""}),
    Truth(2, "payroll", "cleared", "公益性岗位护林员，临时聘用，不在编。",
          {"post": "护林员（公益性岗位）", "since": "2023-01-01", "until": ""}),
    Truth(1, "payroll", "refuted", MISTYPED,
          {"post": "工勤", "since": "2010-07-01", "until": ""}),
    Truth(2, "tax", "cleared", "一次性代开劳务发票，未办企业。",
          {"tax_year": "2025", "tax_paid": "86.40"}),
    Truth(3, "deaths", "cleared", "成员已去世，按动态调整减少人口，该户仍符合条件。",
          {"died_on": "2025-11-19"}),
    Truth(2, "deaths", "refuted", "本人健在，死亡登记误录身份证号，已更正。",
          {"died_on": "2025-08-07"}),
    Truth(2, "deposits", "confirmed", "大额存款，未申报的经营所得。",
          {"balance": "263500.00", "balance_on": "2025-12-31"}),
    Truth(2, "deposits", "cleared", "大病筹款余额，专用于治疗。",
          {"balance": "46200.00", "balance_on": "2025-12-31"}),
    Truth(2, "social_security", "cleared", "原单位未及时停保，已离职返乡。",
          {"insurance": "企业职工养老保险", "monthly_base": "4318.00", "insured_until": "2026-12-31"}),
)  # fmt: skip


def hide_truths(untroubled: Untroubled, households: int) -> tuple[HiddenTruth, ...]:
    found = []
    for truth in TRUTHS:
        concerns = _CONCERNS.get(truth.kind, _of_age)
        fits = partial(_has, concerns=concerns)
        for _ in range(share(truth.per_2000, households)):
            household = untroubled.take(fits)
            if household is not None:
                found.append(_hide(untroubled, truth, household, concerns))
    return tuple(found)


def _hide(
    untroubled: Untroubled, truth: Truth, household: Household, concerns: Callable[[Member], bool]
) -> HiddenTruth:
    random = untroubled.random
    at = random.choice([at for at, member in enumerate(household.members) if concerns(member)])
    number = written(random, household.members[at].id_number)
    row = {**draw_row(random, truth.kind, number), **truth.row}
    return HiddenTruth(household.ref, at, truth.kind, row, truth.outcome, truth.reason)


def _has(household: Household, concerns: Callable[[Member], bool]) -> bool:
    return any(concerns(member) for member in household.members)


def _of_age(member: Member) -> bool:
    return 1956 <= birth_date(member.id_number).year <= 2003


def _dependant(member: Member) -> bool:
    return member.relation in ("parent", "spouse") and birth_date(member.id_number).year <= 1975


def _employable(member: Member) -> bool:
    return 1966 <= birth_date(member.id_number).year <= 2000 and member.education != "none"


_CONCERNS: Mapping[str, Callable[[Member], bool]] = {"deaths": _dependant, "payroll": _employable}
