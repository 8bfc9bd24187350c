"""What every consuming service tells of the events it could not handle, in its own topic.

A dead letter is one death of one event in one consumer: replayed and dead again, it is another letter. All that is
told of a letter bears its id as key, so it comes in order. Nothing is taken over from the event but what is ours.
"""

from datetime import UTC, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AfterValidator, Field

from shared.events.base import Event

BIRTH, DECISION, ANSWER, END = 1, 2, 3, 4
"""The ``sequence`` of what is told of a letter: its birth, audit's decision, what was done, what came of it."""
OUR_TYPE = r"^jingzhun\.[a-z]+\.[a-z_]+\.v[0-9]{1,6}$"


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the moment has no offset")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("no such moment in UTC") from None


Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
Moment = Annotated[datetime, AfterValidator(_in_utc)]


class DeadLetterEvent(Event):
    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "letter_id"

    letter_id: UUID
    consumer: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]


class EventDeadLettered(DeadLetterEvent):
    """The consumer gives the event up until an operator decides; those of its key wait ``behind`` it.

    ``cause`` is the failure's class. ``predecessor`` is the letter whose replay ended in this one. The envelope's
    division is the event's own, where it could be read; so are type and subject.
    """

    topic: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,249}$")]
    event_id: UUID
    event_type: str | None = Field(pattern=OUR_TYPE, max_length=200)
    event_subject: UUID | None
    cause: Annotated[str, Field(pattern=r"^[^\x00-\x20]+$", max_length=400)]
    attempts: Count
    behind: Count
    first_failed_at: Moment
    died_at: Moment
    predecessor: UUID | None


class DecisionEvent(DeadLetterEvent):
    """What became of an operator's decision."""

    ABSTRACT: ClassVar[bool] = True

    decision_id: UUID


class DeadLetterReplayed(DecisionEvent):
    """The event is tried again, with all its attempts before it."""

    behind: Count


class DeadLetterSkipped(DecisionEvent):
    """The event is gone without effect; those behind it are tried."""

    behind: Count


class DeadLetterGone(DecisionEvent):
    """There was no such dead event any more: nothing was done."""


class DeadLetterSettled(DeadLetterEvent):
    """Replayed, the event was handled."""


class DeadLetterDiedAgain(DeadLetterEvent):
    """Replayed, the event was given up again."""

    successor: UUID
