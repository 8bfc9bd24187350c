"""Notifications' events: what was asked of whom, and whether it was done."""

from typing import ClassVar, Literal
from uuid import UUID

from shared.events.base import Event


class TaskEvent(Event):
    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "task_id"

    task_id: UUID
    kind: Literal["reverify_suspect", "post_notice", "survey_household", "case_moved", "resolve_objection"]


class TaskCreated(TaskEvent):
    case_id: UUID | None


class TaskCompleted(TaskEvent):
    completed_by: UUID | None
    """The officer, or null where the matter was settled without one."""


class TaskCancelled(TaskEvent):
    """The matter came to an end before the task was done."""
