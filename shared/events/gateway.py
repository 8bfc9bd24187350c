"""The gateway's events: who may act, and which systems may ask."""

from typing import Annotated, ClassVar
from uuid import UUID

from shared.events.base import Event
from shared.events.wording import said

RoleOf = Annotated[str, said("岗位角色", "The role")]


class OfficerEvent(Event):
    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "officer_id"

    officer_id: Annotated[UUID, said("工作人员标识", "The officer")]


class OfficerAppointed(OfficerEvent):
    """工作人员获得一个岗位角色；信封的区划是其辖区 ·
    An officer was given a role; the envelope's division is the officer's area.
    """

    role: RoleOf


class OfficerDecision(OfficerEvent):
    ABSTRACT: ClassVar[bool] = True

    decided_by: Annotated[UUID, said("作出决定的工作人员", "The officer who decided it")]


class OfficerTransferred(OfficerDecision):
    """工作人员的角色或辖区有变，此前的令牌全部失效；信封的区划是新辖区 ·
    The officer's role or area is another one and no token of before holds; the envelope's division is the new area.
    """

    role: RoleOf


class OfficerSuspended(OfficerDecision):
    """暂停工作人员的权限，其令牌全部失效 ·
    The officer acts no more for now, and no token of before holds.
    """


class OfficerReinstated(OfficerDecision):
    """恢复工作人员的权限 ·
    A suspended officer acts again.
    """


class OfficerDeparted(OfficerDecision):
    """工作人员离任，其令牌全部失效 ·
    The officer has left for good, and no token of before holds.
    """


class OfficerPasswordReset(OfficerDecision):
    """重置工作人员的口令，其令牌全部失效 ·
    The officer logs in with an initial password next, and no token of before holds.
    """


class ApiClientEvent(Event):
    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "registration_id"

    registration_id: Annotated[UUID, said("登记标识", "The registration")]
    client_id: Annotated[str, said("系统客户端标识，登记时选定", "The system's id, chosen when it was registered")]


class ApiClientRegistered(ApiClientEvent):
    """登记一个系统客户端；信封的区划是其辖区 ·
    A system was registered; the envelope's division is its area.
    """

    role: RoleOf
    acts_for_officers: Annotated[
        bool, said("可否凭工作人员的令牌代其行事", "Whether it may act for officers whose tokens it is given")
    ]


class ApiClientSecretRenewed(ApiClientEvent):
    """更换系统客户端的密钥 ·
    The system has a new secret; the one of before holds for a while.
    """


class ApiClientRevoked(ApiClientEvent):
    """撤销系统客户端，其令牌全部失效 ·
    The system gets no tokens any more, and no token of before holds.
    """


class PolicyClockAdvanced(Event):
    """沙箱的政策时钟被拨快；正式系统中从不发生 ·
    A sandbox's clock was moved forward; never seen in a system in earnest.
    """

    AGGREGATE: ClassVar[str] = "clock_id"

    clock_id: Annotated[UUID, said("拨动标识", "The move")]
    offset_seconds: Annotated[float, said("政策时钟比系统时钟快的秒数", "Seconds by which the policy's clock is ahead")]


class RefusalsCounted(Event):
    """某调用者在约一分钟内被拒绝的请求数；信封的区划是其辖区。没有有效令牌的调用者不在其列 ·
    How often a caller was turned away in about a minute; the envelope's division is the caller's area. Callers
    without a valid token are not told of.
    """

    AGGREGATE: ClassVar[str] = "principal_id"

    principal_id: Annotated[
        UUID, said("工作人员标识，或由系统名称导出的标识", "The officer, or an id drawn from a system's name")
    ]
    unauthenticated: Annotated[int, said("因令牌无效或过期（401）", "For a token no longer valid (401)")]
    forbidden: Annotated[int, said("因权限或辖区（403）", "For scope, role or area (403)")]
    not_found: Annotated[int, said("不存在或不在辖区内（404）", "Nothing there, or outside the area (404)")]
    too_large: Annotated[int, said("因请求体过大（413）", "For a body too large (413)")]
    too_many: Annotated[int, said("因过于频繁（429）", "For asking too often (429)")]
