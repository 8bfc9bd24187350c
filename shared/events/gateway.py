"""The gateway's events: who may act."""

from typing import ClassVar
from uuid import UUID

from shared.events.base import Event


class OfficerAppointed(Event):
    AGGREGATE: ClassVar[str] = "officer_id"

    officer_id: UUID
    role: str


class PolicyClockAdvanced(Event):
    """A sandbox's clock was moved forward."""

    AGGREGATE: ClassVar[str] = "clock_id"

    clock_id: UUID
    offset_seconds: float
