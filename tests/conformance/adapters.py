"""The adapters that the suite holds to the port's promises. A new one is added here and nowhere else."""

from datetime import timedelta
from typing import Protocol

from shared.bus.port import Bus
from shared.bus.postgres import PostgresBus
from tests.conformance.server import Databases


class Adapter(Protocol):
    """``address`` is all that another process needs to reach the same bus."""

    async def prepare(self, databases: Databases) -> str:
        """A new, empty bus; its address."""
        ...

    def connect(self, address: str) -> Bus: ...

    async def forget(self, address: str) -> None:
        """As if everything published so far were older than retention."""
        ...

    async def accept_loss(self, address: str, group: str, topic: str) -> None:
        """As an operator: let the group go on with the oldest message kept."""
        ...


class PostgresAdapter:
    async def prepare(self, databases: Databases) -> str:
        return await databases.create("bus")

    def connect(self, address: str) -> Bus:
        return PostgresBus(address)

    async def forget(self, address: str) -> None:
        bus = PostgresBus(address)
        await bus.trim(older_than=timedelta(0))
        await bus.close()

    async def accept_loss(self, address: str, group: str, topic: str) -> None:
        bus = PostgresBus(address)
        await bus.accept_loss(group, [topic])
        await bus.close()


ADAPTERS: dict[str, Adapter] = {"postgres": PostgresAdapter()}
