"""Where Kafka is, how it is reached, and what its absence looks like."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from ssl import SSLContext
from typing import Any, TypeVar

from aiokafka.errors import KafkaError
from aiokafka.helpers import create_ssl_context

from shared.bus.port import BusUnavailable

T = TypeVar("T")
REQUEST_SECONDS = 10.0
"""How long the broker is waited for, by any one call."""
_AGAIN_SECONDS = 0.1


@dataclass(frozen=True)
class Cluster:
    """``prefix`` stands before the names of all topics and groups, so that several systems can share a cluster."""

    bootstrap: str
    prefix: str = ""
    security: str = "PLAINTEXT"
    mechanism: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    replication: int = 1
    in_sync: int = 1
    retention: timedelta = timedelta(days=30)
    session: timedelta = timedelta(seconds=10)

    @property
    def client(self) -> dict[str, Any]:
        """The arguments that every client takes."""
        login = {
            "sasl_mechanism": self.mechanism or "PLAIN",
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
        }
        return {
            "bootstrap_servers": self.bootstrap,
            "client_id": "jingzhun",
            "request_timeout_ms": int(REQUEST_SECONDS * 1000),
            "security_protocol": self.security,
            "ssl_context": self._encryption,
        } | (login if self.security.startswith("SASL") else {})

    @cached_property
    def _encryption(self) -> SSLContext | None:
        if not self.security.endswith("SSL"):
            return None
        context: SSLContext = create_ssl_context(cafile=self.authority, certfile=self.certificate, keyfile=self.key)
        return context

    @asynccontextmanager
    async def answering(self, seconds: float = REQUEST_SECONDS) -> AsyncIterator[None]:
        """Raises ``BusUnavailable`` where Kafka does not answer in time, refuses, or fails."""
        try:
            async with asyncio.timeout(seconds):
                yield
        except (KafkaError, OSError) as error:
            raise BusUnavailable(f"Kafka at {self.bootstrap}: {type(error).__name__}") from error

    async def insist(self, work: Callable[[], Awaitable[T]], seconds: float = REQUEST_SECONDS) -> T:
        """Try again what may be tried again, for so long. Raises ``BusUnavailable``."""
        async with self.answering(seconds):
            while True:
                try:
                    return await work()
                except KafkaError as error:
                    if not error.retriable:
                        raise
                await asyncio.sleep(_AGAIN_SECONDS)


async def started(client: Any, close: Callable[[], Awaitable[None]]) -> None:
    """Start a client, or close what was begun of it."""
    try:
        await client.start()
    except BaseException:
        await close()
        raise
