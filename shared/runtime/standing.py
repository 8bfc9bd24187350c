"""Whether a service can serve, and what is wrong with it: one line, in both languages.

``unready``: no request can be answered, traffic should go elsewhere (503). ``degraded``: requests are answered, and
something behind them stands still or soon will, so that somebody should look (200).
"""

import asyncio
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import structlog

from shared.bus.port import BusUnavailable
from shared.context import ServiceContext
from shared.delivery import metrics
from shared.observability import places

log = structlog.get_logger()
_DATABASE_SECONDS = 2
PARKED_SECONDS = 600
"""Events that failed are tried again for some minutes; longer than that somebody should know."""
STUCK_SECONDS = 60.0
"""Messages wait, and in all this time none was taken."""
DISK_LOW = 1024**3
DISK_LOW_SHARE = 0.05
DISK_FULL = 64 * 1024**2
"""Bytes free in the data folder."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``reason`` is empty where all is well."""

    state: str
    reason: str = ""

    @property
    def serves(self) -> bool:
        return self.state != "unready"

    def rendered(self, **more: Any) -> dict[str, Any]:
        return {"status": self.state} | more | ({"reason": self.reason} if self.reason else {})


READY = Standing("ready")


def unready(zh: str, en: str) -> Standing:
    return Standing("unready", f"{zh} · {en}")


def degraded(zh: str, en: str) -> Standing:
    return Standing("degraded", f"{zh} · {en}")


STARTING = unready("正在启动", "starting")
STOPPING = unready("正在停止", "stopping")
SILENT = unready("没有应答", "does not answer")


def together(standings: Mapping[str, Standing]) -> Standing:
    """Of many by name: the worst, and every reason."""
    told = {name: each for name, each in standings.items() if each.reason}
    if not told:
        return READY
    state = "degraded" if all(each.serves for each in told.values()) else "unready"
    return Standing(state, "; ".join(f"{name}: {each.reason}" for name, each in told.items()))


class Inspection:
    """Of a running service. What is stuck shows only by comparing with what was seen before."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._seen: tuple[int, float] | None = None
        self._moved_at = 0.0

    async def standing(self) -> Standing:
        """The first thing that is wrong, the graver ones first."""
        found = await self._database() or await self._bus()
        if found is not None and not found.serves:
            return found
        disk = disk_standing(self._context.settings.data)
        return next((each for each in (disk, found, await self._consumer()) if each is not None), READY)

    async def _database(self) -> Standing | None:
        try:
            async with asyncio.timeout(_DATABASE_SECONDS), self._context.database.connection() as connection:
                row = await connection.fetchrow(
                    """SELECT count(*) FILTER (WHERE state = 'dead') AS dead,
                              count(*) FILTER (WHERE first_failed_at < now() - make_interval(secs => $1)) AS old
                       FROM parked""",
                    float(PARKED_SECONDS),
                )
        except asyncpg.UndefinedTableError:
            return unready(
                "数据库未迁移，请运行 jingzhun migrate", "the database is not migrated: run jingzhun migrate"
            )
        except Exception as error:
            self._log(error)
            return unready("数据库没有应答", "the database does not answer")
        return _parked(row["dead"], row["old"]) if row is not None else None

    async def _bus(self) -> Standing | None:
        try:
            await self._context.bus.check()
        except BusUnavailable as error:
            self._log(error)
            return unready("消息总线没有应答", "the bus does not answer")
        return None

    async def _consumer(self) -> Standing | None:
        """Stuck where messages wait, and neither this process took any nor did they become fewer, for some time."""
        context, now = self._context, time.monotonic()
        waiting = sum((await context.bus.lag(context.name, context.consumes)).values()) if context.consumes else 0
        seen = waiting, _taken(context.name)
        if self._seen is None or not waiting or waiting < self._seen[0] or seen[1] != self._seen[1]:
            self._moved_at = now
        self._seen = seen
        if now - self._moved_at < STUCK_SECONDS:
            return None
        return degraded(f"{waiting} 条消息等待处理，没有进展", f"{waiting} messages wait and none is taken")

    def _log(self, error: Exception) -> None:
        log.error("not ready", service=self._context.name, error=type(error).__name__, where=places(error))


def _taken(service: str) -> float:
    """Messages that the consumer of this process has done with, whatever became of them."""
    counters = (metrics.handled, metrics.skipped, metrics.duplicates)
    return sum(
        sample.value
        for counter in counters
        for metric in counter.labels(service).collect()
        for sample in metric.samples
        if sample.name.endswith("_total")
    )


def _parked(dead: int, old: int) -> Standing | None:
    if dead:
        return degraded(f"{dead} 个死信等待处理", f"{dead} dead letters wait for an operator")
    if old:
        minutes = PARKED_SECONDS // 60
        return degraded(
            f"{old} 个事件重试已超过 {minutes} 分钟", f"{old} events have failed for over {minutes} minutes"
        )
    return None


def disk_standing(folder: Path) -> Standing | None:
    usage = shutil.disk_usage(folder)
    megabytes = usage.free // 1024**2
    if usage.free < DISK_FULL:
        return unready(f"磁盘已满，只剩 {megabytes} MiB", f"the disk is full: {megabytes} MiB left")
    if usage.free < min(DISK_LOW, usage.total * DISK_LOW_SHARE):
        return degraded(f"磁盘将满，只剩 {megabytes} MiB", f"the disk is nearly full: {megabytes} MiB left")
    return None
