"""What operators are told of the bus: where topics end, what came lately, who is alive."""

from datetime import timedelta

import pytest

from shared.bus.port import Bus, UnknownTopic
from tests.conformance.service import SHARDS, TOPIC, eventually
from tests.conformance.test_port import message, receive_all

GROUP = "surveyed"


async def test_a_topic_ends_where_its_last_message_stands(bus: Bus) -> None:
    before = (await bus.survey([TOPIC], timedelta(minutes=1)))[TOPIC]
    assert (len(before.heads), before.recent) == (SHARDS, 0)
    await bus.publish([message(f"key-{number}", number) for number in range(40)])
    after = (await bus.survey([TOPIC], timedelta(minutes=1)))[TOPIC]
    assert after.recent == 40
    grown = [new - old for old, new in zip(before.heads, after.heads, strict=True)]
    assert all(more >= 0 for more in grown)
    assert sum(more > 0 for more in grown) > 1
    assert (await bus.survey([TOPIC], timedelta(0)))[TOPIC].recent == 0


async def test_members_are_those_alive(bus: Bus) -> None:
    assert await bus.members(GROUP) == 0
    await bus.publish([message("key", 1)])
    async with bus.subscribe(GROUP, [TOPIC]) as first:
        await receive_all(first, 1)
        assert await bus.members(GROUP) == 1

    async def gone() -> bool:
        return await bus.members(GROUP) == 0

    await eventually(gone)


async def test_an_unknown_topic(bus: Bus) -> None:
    with pytest.raises(UnknownTopic):
        await bus.survey([TOPIC, "jingzhun.nowhere.v1"], timedelta(minutes=1))
