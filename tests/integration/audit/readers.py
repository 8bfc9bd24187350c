"""Callers who read the archive."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from services.audit.handlers import receive
from shared.bus.port import Delivery
from shared.delivery.dispatch import Received
from shared.events import Event
from tests.fixtures.happenings import delivered, message_of
from tests.fixtures.services import RunningService

Json = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    service: RunningService
    role: str
    division: str

    async def get(self, path: str, **query: Any) -> httpx.Response:
        headers = self.service.tokens.officer(self.role, self.division)
        return await self.service.client.get(path, params=query or None, headers=headers, timeout=60)

    async def post(self, path: str, body: Any, key: str | None = None) -> httpx.Response:
        named = {} if key is None else {"Idempotency-Key": key}
        headers = self.service.tokens.officer(self.role, self.division) | named
        return await self.service.client.post(path, json=body, headers=headers, timeout=60)

    async def page(self, **query: Any) -> tuple[list[Json], str | None]:
        answer = await self.get("/v1/events", **query)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        return body["items"], body["next"]

    async def ids(self, **query: Any) -> list[str]:
        return [item["id"] for item in (await self.page(**query))[0]]

    async def tail(self, **query: Any) -> AsyncIterator[Json]:
        """Follows the archive for as long as it is iterated."""
        after: Json = {}
        while True:
            items, following = await self.page(wait=30, **after, **query)
            for item in items:
                yield item
            after = {"after": following} if following else {}


async def put(service: RunningService, deliveries: Sequence[Delivery]) -> None:
    async with service.context.database.transaction() as transaction:
        await receive(transaction, deliveries)


async def put_events(service: RunningService, *events: Received[Event]) -> None:
    await put(service, [delivered(message_of(one)) for one in events])


async def rows(service: RunningService, statement: str, *arguments: Any) -> list[Json]:
    async with service.context.database.connection() as connection:
        return [dict(row) for row in await connection.fetch(statement, *arguments)]
