"""Audit's events: what operators decide. The tree heads of the tamper-evident log come with it."""

from typing import ClassVar

from shared.events.delivery import DecisionEvent


class DeadLetterDecided(DecisionEvent):
    """For the consumer named. The operator's reason stays with audit."""

    ABSTRACT: ClassVar[bool] = True


class DeadLetterReplayRequested(DeadLetterDecided):
    pass


class DeadLetterSkipRequested(DeadLetterDecided):
    pass
