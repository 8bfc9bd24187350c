"""Households' events: who lives where, without saying who they are."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from shared.events.base import Event
from shared.events.wording import said

Purpose = Literal[
    "survey",
    "verification",
    "notice",
    "comparison",
    "data_cleaning",
    "recusal",
    "assistance",
    "inspection",
    "correction",
]
PURPOSES = {
    "survey": "入户调查",
    "verification": "核实",
    "notice": "公示公告",
    "comparison": "数据比对",
    "data_cleaning": "数据清洗",
    "recusal": "回避审查",
    "assistance": "帮扶",
    "inspection": "督查",
    "correction": "更正",
}
Members = Annotated[int, said("家庭成员人数", "How many members the household has")]


class HouseholdEvent(Event):
    """``in_scope`` is the outcome of the scope rule for the household's head (reading: scope.registration)."""

    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "household_id"

    household_id: Annotated[UUID, said("农户标识", "The household")]
    in_scope: Annotated[
        bool, said("户主户口是否属于识别范围", "Whether the head's registration lies within the policy's scope")
    ]


class HouseholdRegistered(HouseholdEvent):
    """农户首次登记；信封的区划是其所在村组 ·
    A household was registered; the envelope's division is where it lives.
    """

    members: Members


class MembershipChanged(HouseholdEvent):
    """有人加入或离开农户，或其记录被更正；事件只说变动后的人数 ·
    Somebody joined or left, or a record was corrected; told is only how many they are now.
    """

    members: Members


class HouseholdMoved(HouseholdEvent):
    """农户迁到另一区划；信封的区划是新区划 ·
    The household moved; the envelope's division is the new one.
    """

    previous_division: Annotated[str, said("原区划代码", "Code of the division that it left")]


class PersonalDataAccessed(Event):
    """为写明的用途查看了若干农户的完整个人信息，或提供给另一服务 ·
    Personal data of some households was shown unmasked, or given to another service, for a stated purpose.
    """

    AGGREGATE: ClassVar[str] = "access_id"

    access_id: Annotated[UUID, said("查阅标识", "The access")]
    accessed_by: Annotated[
        str,
        said(
            "令牌主体：工作人员标识、系统或服务名称",
            "Subject of the token: an officer's id, a client's or service's name",
        ),
    ]
    purpose: Annotated[Purpose, said("用途", "The purpose", PURPOSES)]
    households: Annotated[int, said("涉及农户数", "How many households it concerned")]
