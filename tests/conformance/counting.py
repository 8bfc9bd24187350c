"""Events of the suite's own: a counter counted up to a number."""

from typing import ClassVar
from uuid import UUID

from shared.events.base import Event


class Counted(Event):
    AGGREGATE: ClassVar[str] = "counter"
    counter: UUID
    number: int


class Closed(Event):
    """Another type about the same aggregate."""

    AGGREGATE: ClassVar[str] = "counter"
    counter: UUID
    number: int


class Unheard(Event):
    """Known to all, handled by none."""

    AGGREGATE: ClassVar[str] = "counter"
    counter: UUID
