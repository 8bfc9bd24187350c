"""A consumer that fails on some events until it is mended, and the operator who watches from audit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shared.bus.port import Delivery
from shared.database.transaction import Transaction
from shared.delivery.dispatch import RawHandler, Received
from shared.events import Event
from shared.events.identification import CaseWithdrawn
from tests.fixtures.happenings import case_fields, happened
from tests.integration.audit.readers import Json, Reader

PATH = "/v1/dead-letters"


def withdrawn(case_id: UUID, sequence: int) -> Received[Event]:
    return happened(CaseWithdrawn(**case_fields(case_id, "survey", "withdrawn")), sequence=sequence)


@dataclass
class Moody:
    """``handled``: (case, sequence) in the order of handling. Cases that are ``broken`` fail."""

    broken: set[str] = field(default_factory=set)
    handled: list[tuple[str, int]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle(self, _: Transaction, received: Sequence[Received[Any]]) -> None:
        subjects = [one.envelope.subject for one in received]
        self._refuse(subjects)
        async with self.changed:
            self.handled += [(one.envelope.subject, one.envelope.sequence) for one in received]
            self.changed.notify_all()

    async def has_handled(self, count: int) -> None:
        async with asyncio.timeout(60), self.changed:
            await self.changed.wait_for(lambda: len(self.handled) >= count)

    def before(self, handler: RawHandler) -> RawHandler:
        async def handle(transaction: Transaction, deliveries: Sequence[Delivery]) -> None:
            self._refuse([delivery.message.headers.get("ce_subject", "") for delivery in deliveries])
            await handler(transaction, deliveries)

        return handle

    def _refuse(self, subjects: Sequence[str]) -> None:
        if self.broken & set(subjects):
            raise ValueError("a text that may quote 张三 510000199001011234")


@dataclass
class Onlooker:
    """An operator who waits for what is archived: the view changes with it, in one transaction."""

    operator: Reader

    async def hear(self, name: str, letter: str | None = None) -> Json:
        """The next event of this name, of this letter."""
        query = {"type": name} | ({"subject": letter} if letter else {})
        async for event in self.operator.tail(**query):
            return event
        raise LookupError("the archive never ends")

    async def letters(self, **query: str) -> list[Json]:
        answer = await self.operator.get(PATH, **query)
        items: list[Json] = answer.json()["items"]
        return items

    async def letter(self, letter: str) -> Json:
        found: Json = (await self.operator.get(f"{PATH}/{letter}")).json()
        return found

    async def decide(self, action: str, letter: str) -> None:
        answer = await self.operator.post(f"{PATH}/{letter}/{action}", {"reason": "程序已修复"})
        assert answer.status_code == 202, answer.text
