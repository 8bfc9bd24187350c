"""Notifications' events: what was asked of whom, and whether it was done."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from shared.events.base import Event
from shared.events.wording import said

TaskKind = Literal["reverify_suspect", "post_notice", "survey_household", "case_moved", "resolve_objection"]
TASK_KINDS = {
    "reverify_suspect": "核实疑似问题",
    "post_notice": "张贴公示",
    "survey_household": "入户调查",
    "case_moved": "农户已迁移",
    "resolve_objection": "核实异议",
}


class TaskEvent(Event):
    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "task_id"

    task_id: Annotated[UUID, said("任务标识", "The task")]
    kind: Annotated[TaskKind, said("任务种类", "What is to be done", TASK_KINDS)]


class TaskCreated(TaskEvent):
    """下达任务；信封的区划指明由何地办理 · A task was given; the envelope's division says whose it is."""

    case_id: Annotated[
        UUID | None, said("所涉事项；与单个事项无关时为 null", "The case, or null where it concerns no single one")
    ]


class TaskCompleted(TaskEvent):
    """任务已办结 · The task was done."""

    completed_by: Annotated[
        UUID | None,
        said("办结的工作人员；事由自行了结时为 null", "The officer, or null where the matter was settled without one"),
    ]


class TaskCancelled(TaskEvent):
    """事由在任务办结前已不复存在 · The matter came to an end before the task was done."""
