"""Asking the services of other processes whether they are ready. One replica that is makes the service ready."""

import asyncio
from collections.abc import Mapping, Sequence

import aiohttp

_SECONDS = 3.0
_SILENT = "does not answer"


class Elsewhere:
    def __init__(self, urls: Mapping[str, Sequence[str]]) -> None:
        self._urls = urls
        self._session: aiohttp.ClientSession | None = None

    async def unready(self, service: str) -> str | None:
        """Why no replica of the service can serve now, or None."""
        reasons = await asyncio.gather(*(self._reason(url) for url in self._urls[service]))
        return None if None in reasons else reasons[0]

    async def _reason(self, url: str) -> str | None:
        session = self._session = self._session or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(_SECONDS))
        try:
            async with session.get(f"{url}/readyz") as answer:
                return None if answer.status == 200 else str((await answer.json()).get("reason", "unready"))
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return _SILENT

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
