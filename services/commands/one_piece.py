"""An answer leaves in one piece: head and body written apart are two system calls, and wake the caller twice."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_HELD_BYTES = 64 * 1024


class OnePiece(HttpToolsProtocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", _Gathering(cast("asyncio.Transport", transport))))


class _Gathering:
    """What is written in one turn of the event loop goes out at its end; a long answer as soon as it is long."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
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
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
