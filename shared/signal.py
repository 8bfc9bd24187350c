"""Waking whoever waits, within one process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Signal:
    """Every listener has an event of its own, so one that is busy when the signal is set does not miss it."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Event] = set()

    def set(self) -> None:
        for listener in self._listeners:
            listener.set()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """An event that is set with the signal; its listener clears it."""
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)


async def first_of(*events: asyncio.Event, timeout: float) -> None:
    """Return when one of the events is set, or after ``timeout`` seconds."""
    if any(event.is_set() for event in events):
        return
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
