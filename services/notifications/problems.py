"""The problems of notifications."""

from shared.problems import define

TASK_CLOSED = define("task-closed", 409, zh="任务已完成或已取消", en="The task is done or cancelled already")
TASK_OF_ANOTHER_OFFICE = define(
    "task-of-another-office", 403, zh="此任务由其他岗位办理", en="The task is for another office to do"
)
