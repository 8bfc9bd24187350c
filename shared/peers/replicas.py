"""Which replica of a service is asked: the least busy of those that answer, and the next where one is down."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import aiohttp

PASSED_OVER_SECONDS = 1.0
NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""Nobody was reached: not a byte of the request has left."""
NO_ANSWER = (aiohttp.ClientError, TimeoutError)
TIMEOUT = aiohttp.ClientTimeout(total=None, connect=5, sock_connect=2, sock_read=60)
"""An answer, or its next part, comes within a minute: longer than any route waits."""
IDLE_SECONDS = 3.0
"""An unused connection is closed before the service at its other end does so, just as a request leaves."""

Sending = Callable[[str], Awaitable[aiohttp.ClientResponse]]
"""Sends the request to the replica at a URL."""


class Replicas:
    """The URLs of one service. One that hangs keeps what it has and is given nothing more; one that is down waits."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._under_way = dict.fromkeys(urls, 0)
        self._down_until = dict.fromkeys(urls, 0.0)
        self._turn = 0

    def in_order(self) -> list[str]:
        """All of them, those to be tried first in front: up, least busy, whose turn it is."""
        urls, now = list(self._under_way), asyncio.get_running_loop().time()
        self._turn = (self._turn + 1) % len(urls)
        turned = urls[self._turn :] + urls[: self._turn]
        return sorted(turned, key=lambda url: (self._down_until[url] > now, self._under_way[url]))

    @contextmanager
    def busy(self, url: str) -> Iterator[None]:
        self._under_way[url] += 1
        try:
            yield
        finally:
            self._under_way[url] -= 1

    def down(self, url: str) -> None:
        """Asked last for a moment."""
        self._down_until[url] = asyncio.get_running_loop().time() + PASSED_OVER_SECONDS

    @asynccontextmanager
    async def answer(self, send: Sending, *, repeatable: bool) -> AsyncIterator[aiohttp.ClientResponse]:
        """The first answer to be had. What may have been received is sent again only where it is ``repeatable``.

        Raises one of ``NO_ANSWER`` where there is none.
        """
        *others, last = self.in_order()
        for url in (*others, last):
            with self.busy(url):
                try:
                    opened = await send(url)
                except NO_ANSWER as error:
                    if not (repeatable or isinstance(error, NOT_SENT)):
                        raise  # it may be the caller's own body that broke off
                    self.down(url)
                    if url == last:
                        raise
                    continue
                async with opened:
                    yield opened
                    return


def open_session() -> aiohttp.ClientSession:
    """For requests passed on as they are: nothing decoded, no cookies kept, as many at once as there are callers."""
    return aiohttp.ClientSession(
        auto_decompress=False,
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=TIMEOUT,
    )
