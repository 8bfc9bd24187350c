"""What waits for one reader: chunks of a stream, bounded in bytes, until the reader takes them or is cut off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from services.audit.interest import Interest
from shared.http.eventstreams import Closing


class Seat:
    """Filled by whoever has news, emptied by the reader's own task. A reader for whom too much waits is too slow."""

    def __init__(self, interest: Interest, most_bytes: int) -> None:
        self.interest = interest
        self.floor = 0
        """What stands up to here has reached the reader by other ways."""
        self.closing: Closing | None = None
        self._most_bytes = most_bytes
        self._chunks: list[bytes] = []
        self._waiting = self._under_way = 0
        self._news = asyncio.Event()
        self._patience: asyncio.Timeout | None = None

    def offer(self, chunk: bytes) -> None:
        if self.closing is not None:
            return
        if self._waiting + self._under_way + len(chunk) > self._most_bytes:
            self.close(Closing.SLOW_READER)
            return
        self._chunks.append(chunk)
        self._waiting += len(chunk)
        self._news.set()

    def close(self, why: Closing, grace: float = 0.0) -> None:
        """Nothing more comes in. What is under way may take ``grace`` seconds longer; a slow reader loses the rest."""
        if self.closing is not None:
            return
        self.closing = why
        if why is Closing.SLOW_READER:
            self._chunks, self._waiting = [], 0
        if self._patience is not None and not self._patience.expired():
            self._patience.reschedule(asyncio.get_running_loop().time() + grace)
        self._news.set()

    async def wait(self, seconds: float) -> None:
        """Until there is something to take or the seat is closed, so many seconds at most."""
        if not self._news.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._news.wait()

    def take(self) -> bytes:
        """All that waits, in one piece."""
        chunk = self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)
        self._chunks, self._waiting = [], 0
        if self.closing is None:
            self._news.clear()
        return chunk

    @asynccontextmanager
    async def handing_over(self, chunk: bytes, seconds: float) -> AsyncIterator[None]:
        """A reader who does not take it in time is too slow. Ends early where the seat is closed meanwhile."""
        self._under_way = len(chunk)
        try:
            async with asyncio.timeout(seconds) as self._patience:
                yield
        except TimeoutError:
            self.close(Closing.SLOW_READER)
        finally:
            self._under_way, self._patience = 0, None
