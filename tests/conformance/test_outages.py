"""The database server goes away in the middle, with everything on it, and comes back."""

import asyncio
from functools import partial
from uuid import uuid4

import pytest

from shared.database.outage import OUTAGE
from shared.delivery.relay import Relay
from tests.conformance.adapters import Adapter
from tests.conformance.receiving import receiving, wrote
from tests.conformance.server import Server
from tests.conformance.service import (
    RECEIVER,
    SENDER,
    SHARDS,
    TOPIC,
    count,
    counts_of,
    create_service,
    eventually,
    opened,
    running,
    total,
)


@pytest.mark.usefixtures("expects_outages")
async def test_everything_goes_on_after_a_restart(
    adapter: Adapter, kafka_address: str | None, private_server: Server
) -> None:
    bus = adapter.connect(kafka_address or await private_server.databases.create("bus"))
    await bus.declare({TOPIC: SHARDS})
    counters = [uuid4() for _ in range(8)]
    async with (
        opened(SENDER, await create_service(private_server.databases, SENDER)) as sender,
        opened(RECEIVER, await create_service(private_server.databases, RECEIVER)) as receiver,
    ):

        async def write(times: int) -> None:
            for _ in range(times):
                for counter in counters:
                    try:
                        await count(sender, counter)
                    except OUTAGE:
                        await asyncio.sleep(0.05)

        async def arrived() -> int:
            return await total(receiver, "effects")

        async def more_arrived(before: int) -> bool:
            return await arrived() > before

        async with running(Relay(sender, bus), *receiving(receiver, bus)):
            for _ in range(2):
                writing = asyncio.create_task(write(30))

                await eventually(partial(more_arrived, await arrived()))
                await private_server.stop()
                await private_server.start()
                await writing
            await count(sender, counters[0])
            await eventually(wrote(receiver, await counts_of(sender)))
    await bus.close()
