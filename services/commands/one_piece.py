"""An answer leaves in one piece: head and body written apart are two system calls, and wake the caller twice."""

import asyncio
from typing import Any, cast

from services.commands.wire import Guarded

_HELD_BYTES = 64 * 1024


class OnePiece(Guarded):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        gathering = _Gathering(cast("asyncio.Transport", transport), self)
        super().connection_made(cast("asyncio.Transport", gathering))


class _Gathering:
    """What is written in one turn of the event loop goes out at its end; a long answer as soon as it is long."""

    def __init__(self, transport: asyncio.Transport, speaker: Guarded) -> None:
        self._transport = transport
        self._speaker = speaker
        self._closing = False
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes] = []
        self._bytes = 0

    def write(self, data: bytes) -> None:
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held.append(data)
        self._bytes += len(data)
        if self._bytes > _HELD_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._held:
            whole = self._held[0] if len(self._held) == 1 else b"".join(self._held)
            self._held, self._bytes = [], 0
            self._transport.write(whole)

    def close(self) -> None:
        """Some seconds later where the caller is still sending: slammed at once, it would never read the answer."""
        self._flush()
        seconds = 0.0 if self._closing else self._speaker.lingers()
        self._closing = True
        if seconds:
            self._transport.resume_reading()
            self._loop.call_later(seconds, self._hang_up)
        else:
            self._hang_up()

    def _hang_up(self) -> None:
        """Once the answer was taken, and without that where it is not."""
        self._transport.close()
        if self._transport.get_write_buffer_size():
            self._loop.call_later(self._speaker.limits.send_seconds, self._transport.abort)

    def is_closing(self) -> bool:
        return self._closing or self._transport.is_closing()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
