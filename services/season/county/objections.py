"""What villagers object to in a publicity, and what its verification finds."""

from dataclasses import dataclass
from typing import Literal

from services.season.county.records import Household, Objection
from services.season.county.troubles import Untroubled, share


@dataclass(frozen=True, slots=True)
class Grounds:
    per_2000: int
    stage: Literal["group", "village"]
    outcome: Literal["upheld", "dismissed"]
    grounds: str
    reason: str


GROUNDS = (
    Grounds(3, "group", "upheld", "该户在县城有住房出租，收入未申报。", "入户核实属实，租金收入超过申报数额。"),
    Grounds(2, "group", "upheld", "该户长期雇工经营砂石生意。", "查看经营场所并询问雇工，情况属实。"),
    Grounds(6, "group", "dismissed", "该户儿子在外打工收入不低。", "核对工资流水，收入与申报一致。"),
    Grounds(4, "group", "dismissed", "该户经常有人开车来。", "车辆系亲戚所有，该户未使用。"),
    Grounds(3, "village", "upheld", "该户已与子女共同生活，子女条件好。", "走访邻居，共同生活属实，应合并计算。"),
    Grounds(2, "village", "upheld", "该户刚在集镇买了房。", "查阅购房合同，情况属实。"),
    Grounds(6, "village", "dismissed", "该户生病的费用已经报销了。", "核对结算单，自付部分与申报一致。"),
    Grounds(4, "village", "dismissed", "评议时该户亲属参加了投票。", "查阅会议签到册，亲属已回避。"),
)


def raise_objections(untroubled: Untroubled, households: int) -> tuple[Objection, ...]:
    found = []
    for grounds in GROUNDS:
        for _ in range(share(grounds.per_2000, households)):
            household = untroubled.take(lambda _: True)
            if household is not None:
                found.append(_objection(grounds, household, anonymous=untroubled.random.random() < 0.4))
    return tuple(found)


def _objection(grounds: Grounds, household: Household, *, anonymous: bool) -> Objection:
    return Objection(household.ref, grounds.stage, grounds.outcome, anonymous, grounds.grounds, grounds.reason)
