"""Clients that are being closed: it may take as long as the broker is away, and nobody waits for that."""

import asyncio
from collections.abc import Coroutine
from typing import Any

_PATIENCE_SECONDS = 3.0


class Closing:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def close(self, stopping: Coroutine[Any, Any, None]) -> "asyncio.Task[Any]":
        task = asyncio.create_task(stopping)
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return task

    async def wait(self) -> None:
        """Until all are closed, or for so long; what is left is given up."""
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks, timeout=_PATIENCE_SECONDS)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    def _forget(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()
