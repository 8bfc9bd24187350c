"""The two clients: one waits, one awaits. Both send what ``jingzhun_client.operations`` makes."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Self, TypeVar

import httpx

from jingzhun_client.exchange import (
    PATIENCE,
    Patience,
    Witness,
    first_page,
    headers_of,
    page_after,
    read,
)
from jingzhun_client.requests import Page, Request
from jingzhun_client.tokens import Credentials, Token, plain

T = TypeVar("T")
_TIMEOUT_SECONDS = 60.0


class AsyncClient:
    """``http``: the connections, where the caller has wishes of its own about them; else to ``base_url``."""

    def __init__(
        self,
        base_url: str = "",
        token: Token | None = None,
        *,
        patience: float = PATIENCE,
        witness: Witness | None = None,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        self._http = http or httpx.AsyncClient(base_url=base_url, timeout=_TIMEOUT_SECONDS)
        self._token = token
        self._patience = patience
        self._witness = witness

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._http.__aexit__(*error)

    async def send(
        self,
        request: Request[T],
        *,
        token: Token | None = None,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """The answer. ``key`` names an act: under one key it is done once, ever. Raises ``Refused``, ``NoAnswer``."""
        bearer = await self._bearer(token or self._token)
        return await self._exchanged(request, {**headers_of(request, bearer, key), **(headers or {})})

    async def _bearer(self, token: Token | None) -> str | None:
        if not isinstance(token, Credentials):
            return plain(token)
        return token.fresh or token.kept(await self._exchanged(token.question, headers_of(token.question, None, None)))

    async def _exchanged(self, request: Request[T], headers: Mapping[str, str]) -> T:
        patience = Patience(self._patience)
        while True:
            try:
                answer = await self._http.request(
                    request.method, request.path, params=request.query, content=request.content, headers=headers
                )
            except httpx.TransportError as error:
                await asyncio.sleep(patience.after_silence(error))
                continue
            if self._witness is not None:
                self._witness(answer)
            if (pause := patience.after(answer)) is None:
                return read(request, answer)
            await asyncio.sleep(pause)

    async def pages(self, request: Request[Page[T]], *, token: Token | None = None) -> AsyncIterator[Page[T]]:
        """A list from its first page to its last."""
        following: Request[Page[T]] | None = first_page(request)
        while following is not None:
            page = await self.send(following, token=token)
            yield page
            following = page_after(following, page)

    async def items(self, request: Request[Page[T]], *, token: Token | None = None) -> AsyncIterator[T]:
        """Every item of a list."""
        async for page in self.pages(request, token=token):
            for item in page.items:
                yield item


class Client:
    """The same for programs that do one thing after the other."""

    def __init__(
        self,
        base_url: str = "",
        token: Token | None = None,
        *,
        patience: float = PATIENCE,
        witness: Witness | None = None,
        http: httpx.Client | None = None,
    ) -> None:
        self._http = http or httpx.Client(base_url=base_url, timeout=_TIMEOUT_SECONDS)
        self._token = token
        self._patience = patience
        self._witness = witness

    def __enter__(self) -> Self:
        self._http.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._http.__exit__(*error)

    def send(
        self,
        request: Request[T],
        *,
        token: Token | None = None,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """As ``AsyncClient.send``."""
        bearer = self._bearer(token or self._token)
        return self._exchanged(request, {**headers_of(request, bearer, key), **(headers or {})})

    def _bearer(self, token: Token | None) -> str | None:
        if not isinstance(token, Credentials):
            return plain(token)
        return token.fresh or token.kept(self._exchanged(token.question, headers_of(token.question, None, None)))

    def _exchanged(self, request: Request[T], headers: Mapping[str, str]) -> T:
        patience = Patience(self._patience)
        while True:
            try:
                answer = self._http.request(
                    request.method, request.path, params=request.query, content=request.content, headers=headers
                )
            except httpx.TransportError as error:
                time.sleep(patience.after_silence(error))
                continue
            if self._witness is not None:
                self._witness(answer)
            if (pause := patience.after(answer)) is None:
                return read(request, answer)
            time.sleep(pause)

    def pages(self, request: Request[Page[T]], *, token: Token | None = None) -> Iterator[Page[T]]:
        """As ``AsyncClient.pages``."""
        following: Request[Page[T]] | None = first_page(request)
        while following is not None:
            page = self.send(following, token=token)
            yield page
            following = page_after(following, page)

    def items(self, request: Request[Page[T]], *, token: Token | None = None) -> Iterator[T]:
        """As ``AsyncClient.items``."""
        for page in self.pages(request, token=token):
            yield from page.items
