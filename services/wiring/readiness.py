"""Asking the services of other processes whether they are ready. One replica that is makes the service ready."""

import asyncio
from collections.abc import Mapping, Sequence

import aiohttp

from shared.runtime.standing import SILENT, Standing

_SECONDS = 3.0
_FROM_THE_BEST = ("ready", "degraded", "unready")


class Elsewhere:
    def __init__(self, urls: Mapping[str, Sequence[str]]) -> None:
        self._urls = urls
        self._session: aiohttp.ClientSession | None = None

    async def standing(self, service: str) -> Standing:
        """The best of its replicas'."""
        standings = await asyncio.gather(*(self._told(url) for url in self._urls[service]))
        return min(standings, key=lambda each: _FROM_THE_BEST.index(each.state))

    async def _told(self, url: str) -> Standing:
        session = self._session = self._session or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(_SECONDS))
        try:
            async with session.get(f"{url}/readyz") as answer:
                told = await answer.json()
                state = told["status"] if told["status"] in _FROM_THE_BEST else "unready"
                return Standing(state, str(told.get("reason", "")))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
            return SILENT

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
