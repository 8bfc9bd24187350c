"""Readers of the stream, and what they read."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

from services.audit.stream.streams import Streams, streams_of
from shared.bus.port import Delivery
from shared.events.gateway import OfficerAppointed
from tests.fixtures.eventstreams import EventSource, event_source
from tests.fixtures.happenings import delivered, happened, message_of
from tests.fixtures.services import RunningService

EVERYWHERE = "500000000000"
STREAM = "/v1/events/stream"


@dataclass(frozen=True)
class Listeners:
    """``async with listeners.one("operator", after="latest") as source``"""

    audit: RunningService
    url: str

    @asynccontextmanager
    async def one(
        self,
        role: str = "operator",
        area: str = EVERYWHERE,
        last_id: str | None = None,
        officer: int = 1,
        **query: str,
    ) -> AsyncIterator[EventSource]:
        headers = self.audit.tokens.officer(role, area, officer) | (
            {} if last_id is None else {"Last-Event-ID": last_id}
        )
        async with event_source(self.url + STREAM, headers, **query) as source:
            yield source

    @property
    def streams(self) -> Streams:
        return streams_of(self.audit.context)

    @property
    def open(self) -> int:
        return len(self.streams._readers)

    @property
    def live(self) -> int:
        """Those that have read all there was."""
        return sum(len(seats) for seats in self.streams.fanout._seats.values())


def some(count: int, size: int = 0) -> list[Delivery]:
    """Events of nobody's division, each with so many bytes more."""
    events = [happened(OfficerAppointed(officer_id=uuid4(), role="auditor"), division="") for _ in range(count)]
    value = b'{"more":"%b"}' % (b"x" * size)
    return [delivered(message_of(event)._replace(value=value)) for event in events]


def ids(deliveries: list[Delivery]) -> list[str]:
    return [delivery.message.headers["ce_id"] for delivery in deliveries]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while True:
            if condition():
                return
            await asyncio.sleep(0.01)
