"""HTTP/1.1 spoken as cheaply as may be, so that whoever measures is never what is measured."""

import asyncio
from collections.abc import Mapping
from typing import Self, cast

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


class WrongAnswer(RuntimeError):
    """An answer of another status than was to be expected; says which, and what the problem's code was."""


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """The bytes of a request on a connection that stays open."""
    told = {"Host": "bench", **headers, **({"Content-Length": str(len(body))} if body or method != "GET" else {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


class Wire(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def opened(cls, host: str, port: int) -> Self:
        _, wire = await asyncio.get_running_loop().create_connection(cls, host, port)
        return wire

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError("the connection was closed"))

    async def ask(self, asked: bytes) -> tuple[int, bytes]:
        """The answer's status and body."""
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(asked)
        return await self._waiting

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(_END)
        if end < 0 or self._waiting is None:
            return
        whole = end + len(_END) + _length(bytes(self._received[:end]))
        if len(self._received) < whole:
            return
        answer = int(self._received[9:12]), bytes(self._received[end + len(_END) : whole])
        del self._received[:whole]
        self._waiting.set_result(answer)

    @property
    def closed(self) -> bool:
        """The server hangs up on a connection that was idle for some seconds."""
        return self._transport is None or self._transport.is_closing()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _length(head: bytes) -> int:
    lowered = head.lower()
    at = lowered.find(_LENGTH)
    if at < 0:
        raise WrongAnswer("an answer without a length")
    return int(lowered[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
