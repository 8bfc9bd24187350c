"""Where a row is measured: a durable server, a folder, a Kafka broker where one is to be had, and how much is done."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.embedded import EmbeddedPostgres
from shared.runtime.definition import Definition
from tests.fixtures.templates import Templates

REPEATS = 5


@dataclass(frozen=True)
class Place:
    """``scale`` 1 is the benchmark; a smoke test does a hundredth of it, once. ``kafka`` is a broker's address."""

    server: EmbeddedPostgres
    templates: Templates
    folder: Path
    scale: float = 1.0
    kafka: str | None = None

    @property
    def repeats(self) -> int:
        return REPEATS if self.scale >= 1 else 1

    def scaled(self, count: int, at_least: int = 1) -> int:
        return max(at_least, round(count * self.scale))

    def database(self, definition: Definition) -> AbstractAsyncContextManager[str]:
        """The DSN of a fresh, migrated database of the service, dropped afterwards."""
        return self.templates.service(definition)

    def bus(self) -> AbstractAsyncContextManager[str]:
        """The DSN of a fresh log in PostgreSQL with every topic of the topology."""
        return self.templates.bus()


@asynccontextmanager
async def opened(folder: Path, scale: float, kafka: str | None) -> AsyncIterator[Place]:
    """With the settings that ``jingzhun up`` runs with, so durable: nothing of the tests' shortcuts."""
    async with EmbeddedPostgres(folder / "postgres") as server:
        yield Place(server, Templates(server), folder, scale, kafka)
