"""Asking a service wherever it runs: in this process by plain ASGI, elsewhere over HTTP."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager

from starlette.types import ASGIApp

from shared.peers.client import PeerAnswer, Transport
from shared.peers.transport import InProcess, OverHttp


class NearestTransport:
    def __init__(self, urls: Mapping[str, Sequence[str]]) -> None:
        self._here = InProcess()
        self._elsewhere = OverHttp(urls)

    def place(self, service: str, application: ASGIApp) -> None:
        """The service runs in this process."""
        self._here.applications[service] = application

    def request(
        self, service: str, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> AbstractAsyncContextManager[PeerAnswer]:
        transport: Transport = self._here if service in self._here.applications else self._elsewhere
        return transport.request(service, method, path, headers, body)

    async def close(self) -> None:
        await self._elsewhere.close()
