"""The bus keeps messages for so long and no longer; who was away for longer is told, never skipped."""

import asyncio
from datetime import timedelta

from shared.bus.port import Bus
from shared.delivery.persistence import pause, persist

_BETWEEN_SECONDS = 3600.0


class Trimmer:
    def __init__(self, bus: Bus, keep: timedelta) -> None:
        self._bus = bus
        self._keep = keep

    async def run(self, stop: asyncio.Event) -> None:
        async def work() -> None:
            await self._bus.trim(self._keep)
            await pause(stop, _BETWEEN_SECONDS)

        await persist(work, stop, service="bus", task="trimming")
