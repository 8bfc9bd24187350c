"""What every consuming service tells of the events it could not handle, in its own topic.

A dead letter is one death of one event in one consumer: replayed and dead again, it is another letter. All that is
told of a letter bears its id as key, so it comes in order. Nothing is taken over from the event but what is ours.
"""

from datetime import UTC, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AfterValidator, Field

from shared.events.base import Event
from shared.events.wording import said

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


Behind = Annotated[Count, said("其后等待的同键事件数", "How many events of its key wait behind it")]


class DeadLetterEvent(Event):
    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "letter_id"

    letter_id: Annotated[
        UUID, said("死信标识：一个事件在一个消费者处的一次失败终结", "The letter: one death of one event")
    ]
    consumer: Annotated[str, said("放弃该事件的服务", "The service that gave the event up", pattern=r"^[a-z_]{1,40}$")]


class EventDeadLettered(DeadLetterEvent):
    """消费者多次处理失败，放弃该事件，等待运维人员决定；同键事件在其后等待。信封区划取自原事件，无法读取时为空 ·
    The consumer gives the event up until an operator decides; those of its key wait behind it. The envelope's
    division is the event's own, empty where it could not be read.
    """

    topic: Annotated[str, said("原事件所在主题", "Where the event came from", pattern=r"^[A-Za-z0-9._-]{1,249}$")]
    event_id: Annotated[UUID, said("原事件在消费者处的标识", "By which the consumer knows the event")]
    event_type: Annotated[
        str | None,
        said("原事件类型；不是本系统的类型时为 null", "Its type, or null where it is none of ours"),
        Field(pattern=OUR_TYPE, max_length=200),
    ]
    event_subject: Annotated[UUID | None, said("原事件主体；无法读取时为 null", "Its subject, or null")]
    cause: Annotated[
        str,
        said(
            "失败的类名，从不含其文字",
            "Class of the failure, never its text",
            pattern=r"^[^\x00-\x20]+$",
            max_length=400,
        ),
    ]
    attempts: Annotated[Count, said("尝试次数", "How often it was tried")]
    behind: Behind
    first_failed_at: Annotated[Moment, said("首次失败的时刻", "When it first failed")]
    died_at: Annotated[Moment, said("放弃的时刻", "When it was given up")]
    predecessor: Annotated[
        UUID | None, said("重试失败而成此死信的上一封死信", "The letter whose replay ended in this one, or null")
    ]


class DecisionEvent(DeadLetterEvent):
    """What became of an operator's decision."""

    ABSTRACT: ClassVar[bool] = True

    decision_id: Annotated[UUID, said("决定标识", "The decision")]


class DeadLetterReplayed(DecisionEvent):
    """该事件将重新处理，尝试次数重新计算 · The event is tried again, with all its attempts before it."""

    behind: Behind


class DeadLetterSkipped(DecisionEvent):
    """该事件未生效即被放弃，其后的事件继续处理 · The event is gone without effect; those behind it are tried."""

    behind: Behind


class DeadLetterGone(DecisionEvent):
    """该死信已不存在，未做任何处理 · There was no such dead event any more: nothing was done."""


class DeadLetterSettled(DeadLetterEvent):
    """重试成功 · Replayed, the event was handled."""


class DeadLetterDiedAgain(DeadLetterEvent):
    """重试再次失败 · Replayed, the event was given up again."""

    successor: Annotated[UUID, said("新的死信", "The new letter")]
