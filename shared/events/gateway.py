"""The gateway's events: who may act."""

from typing import Annotated, ClassVar
from uuid import UUID

from shared.events.base import Event
from shared.events.wording import said


class OfficerAppointed(Event):
    """工作人员获得一个岗位角色；信封的区划是其辖区 ·
    An officer was given a role; the envelope's division is the officer's area.
    """

    AGGREGATE: ClassVar[str] = "officer_id"

    officer_id: Annotated[UUID, said("工作人员标识", "The officer")]
    role: Annotated[str, said("岗位角色", "The role")]


class PolicyClockAdvanced(Event):
    """沙箱的政策时钟被拨快；正式系统中从不发生 ·
    A sandbox's clock was moved forward; never seen in a system in earnest.
    """

    AGGREGATE: ClassVar[str] = "clock_id"

    clock_id: Annotated[UUID, said("拨动标识", "The move")]
    offset_seconds: Annotated[float, said("政策时钟比系统时钟快的秒数", "Seconds by which the policy's clock is ahead")]
