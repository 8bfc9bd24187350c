"""The service as identification's events and the officers meet it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

import httpx

from services.notifications.handlers import HANDLERS
from shared.delivery.dispatch import Received
from shared.events import Event
from tests.fixtures.happenings import COUNTY, VILLAGE, happened
from tests.fixtures.services import RunningService

Json = dict[str, Any]


@dataclass(frozen=True)
class Notifications:
    service: RunningService

    async def hear(self, received: Sequence[Received[Event]]) -> None:
        """In one transaction, as the consumer hands a batch over."""
        async with self.service.context.database.transaction() as transaction:
            for event, run in groupby(received, key=lambda one: type(one.event)):
                await HANDLERS[event](transaction, list(run))

    async def tell(self, *events: Event, division: str = VILLAGE) -> list[Received[Event]]:
        received = [happened(event, division=division) for event in events]
        await self.hear(received)
        return received

    async def states(self) -> dict[tuple[str, str], str]:
        """State by (kind, office); the newest where there are several."""
        return {
            (row["kind"], row["office"]): row["state"] for row in await self.rows("SELECT * FROM tasks ORDER BY id")
        }

    async def rows(self, statement: str, *arguments: Any) -> list[Json]:
        async with self.service.context.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(statement, *arguments)]

    async def get(self, path: str, role: str = "county_officer", area: str = COUNTY, **query: Any) -> httpx.Response:
        headers = self.service.tokens.officer(role, area)
        return await self.service.client.get(path, params=query or None, headers=headers)

    async def tasks(self, role: str = "county_officer", area: str = COUNTY, **query: Any) -> list[Json]:
        answer = await self.get("/v1/tasks", role, area, **query)
        assert answer.status_code == 200, answer.text
        items: list[Json] = answer.json()["items"]
        return items

    async def complete(
        self, task_id: UUID | str, role: str, division: str, body: Json | None = None, **headers: str
    ) -> httpx.Response:
        own = self.service.tokens.officer(role, division)
        return await self.service.client.post(f"/v1/tasks/{task_id}/completion", json=body or {}, headers=own | headers)
