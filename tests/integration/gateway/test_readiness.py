"""What ``/readyz`` says of a service whose database, bus, tables or work are away: one line, in both languages."""

import asyncio
from typing import Any

import pytest

from shared.bus.port import BusUnavailable
from tests.fixtures.services import RunningService

URL = "/readyz/gateway"


async def _told(gateway: RunningService) -> tuple[int, str, str]:
    answer = await gateway.client.get(URL)
    body: dict[str, Any] = answer.json()
    line = await gateway.client.get(URL, headers={"Accept": "text/plain"})
    assert line.text == body.get("reason", "ready") + "\n"
    return answer.status_code, body["status"], body.get("reason", "")


async def test_all_is_well(gateway: RunningService) -> None:
    assert await _told(gateway) == (200, "ready", "")


async def test_a_database_that_does_not_answer(gateway: RunningService, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OSError("no route to a host whose name nobody need know")

    monkeypatch.setattr(gateway.context.database, "connection", away)
    assert await _told(gateway) == (503, "unready", "数据库没有应答 · the database does not answer")


async def test_a_bus_that_does_not_answer(gateway: RunningService, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away() -> None:
        raise BusUnavailable("no broker")

    monkeypatch.setattr(gateway.context.bus, "check", away)
    assert await _told(gateway) == (503, "unready", "消息总线没有应答 · the bus does not answer")


async def test_tables_that_are_missing(gateway: RunningService) -> None:
    pool = gateway.context.database.pool
    await pool.execute("ALTER TABLE parked RENAME TO elsewhere")
    try:
        status, _, reason = await _told(gateway)
        assert (status, reason.split(" · ")[1]) == (503, "the database is not migrated: run jingzhun migrate")
    finally:
        await pool.execute("ALTER TABLE elsewhere RENAME TO parked")


async def test_a_dead_letter_is_told_and_closes_no_door(gateway: RunningService) -> None:
    await gateway.context.database.pool.execute(
        """INSERT INTO parked (topic, key, event_id, shard, position, headers, value, published_at, state, attempts)
           VALUES ('t', 'k', gen_random_uuid(), 0, 1, '{}', '', now(), 'dead', 8)"""
    )
    assert await _told(gateway) == (200, "degraded", "1 个死信等待处理 · 1 dead letters wait for an operator")


async def test_work_that_has_ended(gateway: RunningService) -> None:
    name, task = next(iter(gateway.runtime._tasks.items()))
    task.cancel()
    await asyncio.wait({task})
    status, state, reason = await _told(gateway)
    assert (status, state) == (503, "unready")
    assert reason == f"{name} 已终止，请重启 · {name} has ended: restart the service"


async def test_leaving(gateway: RunningService) -> None:
    gateway.runtime.leave()
    assert await _told(gateway) == (503, "unready", "正在停止 · stopping")
