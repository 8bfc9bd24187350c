"""Audit's events: what operators decide. The tree heads of the tamper-evident log come with it."""

from typing import ClassVar

from shared.events.delivery import DecisionEvent


class DeadLetterDecided(DecisionEvent):
    """For the consumer named. The operator's reason stays with audit."""

    ABSTRACT: ClassVar[bool] = True


class DeadLetterReplayRequested(DeadLetterDecided):
    """运维人员决定由 ``consumer`` 重新处理该死信；理由只保存在审计服务 ·
    An operator wants the consumer to handle the event anew. The reason stays with audit.
    """


class DeadLetterSkipRequested(DeadLetterDecided):
    """运维人员决定由 ``consumer`` 放弃该事件，其后的事件继续；理由只保存在审计服务 ·
    An operator wants the consumer to go on without the event. The reason stays with audit.
    """
