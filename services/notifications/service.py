"""Notifications, as the runtime runs it: tasks from events, and their routes."""

from prometheus_client import Gauge

from services.notifications import api
from services.notifications.handlers import HANDLERS
from services.notifications.models import METADATA
from services.notifications.rules import KINDS
from shared.context import ServiceContext
from shared.runtime.definition import Definition

OPEN_TASKS = Gauge("jingzhun_open_tasks", "Open tasks by kind", ["kind"])


async def count_tasks(context: ServiceContext) -> None:
    async with context.database.connection() as connection:
        rows = await connection.fetch("SELECT kind, count(*) AS tasks FROM tasks WHERE state = 'open' GROUP BY kind")
    counted = {row["kind"]: row["tasks"] for row in rows}
    for kind in KINDS:
        OPEN_TASKS.labels(kind).set(counted.get(kind, 0))


DEFINITION = Definition(
    name="notifications",
    title="通知 · Notifications",
    metadata=METADATA,
    migrations="services/notifications/migrations",
    routers=(api.router,),
    handlers=HANDLERS,
    metrics=count_tasks,
)
