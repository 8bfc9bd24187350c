"""``jingzhun accept-loss`` beside a service that has halted."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.__main__ import app
from services.topology import BY_NAME, TOPICS
from shared.bus.port import Bus, Message, RetentionExceeded
from tests.conformance.adapters import Adapter
from tests.conformance.test_port import receive_all

TOPIC = BY_NAME["identification"].topic


async def run(bus_address: str, data: Path, service: str) -> tuple[int, str]:
    where = json.loads(bus_address)
    environment = {
        "JINGZHUN_BUS": "kafka",
        "JINGZHUN_KAFKA_BOOTSTRAP": where["bootstrap"],
        "JINGZHUN_KAFKA_PREFIX": where["prefix"],
        "JINGZHUN_DATABASE_SERVER": "postgresql://nobody@127.0.0.1:1/",
    }
    invoked = await asyncio.to_thread(
        CliRunner().invoke, app, ["accept-loss", service, "--data", str(data)], env=environment
    )
    return invoked.exit_code, invoked.output


async def test_an_operator_accepts_a_loss_at_a_terminal(
    bus: Bus, bus_address: str, adapter: Adapter, tmp_path: Path
) -> None:
    await bus.declare(TOPICS)
    status, told = await run(bus_address, tmp_path, "households")
    assert (status, "nothing is missing" in told, "没有缺失" in told) == (0, True, True)

    await bus.publish([Message(TOPIC, "key", {}, b"%d" % number) for number in range(3)])
    async with bus.subscribe("households", [TOPIC]) as subscription:
        (first, *_) = await receive_all(subscription, 1, limit=1)
    assert first.message.value == b"0"
    await adapter.forget(bus_address)
    await bus.publish([Message(TOPIC, "key", {}, b"kept")])
    async with bus.subscribe("households", [TOPIC]) as subscription:
        with pytest.raises(RetentionExceeded, match="households"):
            await receive_all(subscription, 1)

    status, told = await run(bus_address, tmp_path, "households")
    assert (status, "1 shards go on" in told, "1 个分片" in told) == (0, True, True)
    async with bus.subscribe("households", [TOPIC]) as subscription:
        assert [delivery.message.value for delivery in await receive_all(subscription, 1)] == [b"kept"]


async def test_who_receives_nothing_is_named(bus_address: str, tmp_path: Path) -> None:
    status, told = await run(bus_address, tmp_path, "gateway")
    assert status == 1
    assert "No service gateway receives events" in told


async def test_a_second_loss_needs_a_second_acceptance(bus: Bus, bus_address: str, adapter: Adapter) -> None:
    await bus.declare(TOPICS)
    await bus.publish([Message(TOPIC, "key", {}, b"") for _ in range(3)])
    async with bus.subscribe("households", [TOPIC]) as subscription:
        await receive_all(subscription, 1, limit=1)
    for _ in range(2):
        await adapter.forget(bus_address)
        await bus.publish([Message(TOPIC, "key", {}, b"")])
        async with bus.subscribe("households", [TOPIC]) as subscription:
            with pytest.raises(RetentionExceeded):
                await receive_all(subscription, 1)
        assert await bus.accept_loss("households", [TOPIC]) == 1
