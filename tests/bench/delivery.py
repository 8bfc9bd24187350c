"""From households' transactions to what identification knows of them: the real services' outbox, relay and handler."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from services.households.service import DEFINITION as HOUSEHOLDS
from services.identification.service import DEFINITION as IDENTIFICATION
from services.topology import BY_NAME
from shared.bus.kafka import Cluster, KafkaBus
from shared.bus.port import Bus
from shared.bus.postgres import PostgresBus
from shared.clock import PolicyClock
from shared.database.database import Database
from shared.delivery.consumer import Consumer
from shared.delivery.dispatch import TypedDispatch
from shared.delivery.relay import Relay
from shared.events.households import HouseholdRegistered
from shared.ids import new_id
from shared.runtime.definition import Definition
from tests.bench.cases import GROUP
from tests.bench.place import Place
from tests.conformance.service import eventually
from tests.fixtures.kafka import new_prefix

TOPOLOGY = BY_NAME[HOUSEHOLDS.name]
TOPIC = TOPOLOGY.topic


@dataclass(frozen=True)
class Path:
    """``knows`` the households that have arrived."""

    sender: Database
    receiver: Database
    bus: Bus

    @property
    def relay(self) -> Relay:
        return Relay(self.sender, self.bus)

    @property
    def consumer(self) -> Consumer:
        return Consumer(self.receiver, self.bus, [TOPIC], TypedDispatch(IDENTIFICATION.handlers))

    async def tell(self, count: int) -> list[UUID]:
        """One transaction that tells of new households."""
        households = [new_id() for _ in range(count)]
        async with self.sender.transaction() as transaction:
            for household in households:
                transaction.emit(registered(household), division=GROUP, sequence=1)
        return households

    async def known(self) -> int:
        async with self.receiver.connection() as connection:
            count: int = await connection.fetchval("SELECT count(*) FROM known_households")
            return count

    async def known_of(self, households: Sequence[UUID]) -> set[UUID]:
        async with self.receiver.connection() as connection:
            rows = await connection.fetch("SELECT id FROM known_households WHERE id = ANY($1::uuid[])", households)
            return {row["id"] for row in rows}

    async def arrived(self, count: int) -> None:
        async def enough() -> bool:
            return await self.known() >= count

        await eventually(enough)


def registered(household: UUID) -> HouseholdRegistered:
    return HouseholdRegistered(household_id=household, in_scope=True, members=3)


@asynccontextmanager
async def path_over(place: Place, bus: Bus) -> AsyncIterator[Path]:
    async with _database(place, HOUSEHOLDS) as sender, _database(place, IDENTIFICATION) as receiver:
        yield Path(sender, receiver, bus)


@asynccontextmanager
async def _database(place: Place, definition: Definition) -> AsyncIterator[Database]:
    async with place.database(definition) as dsn:
        shards = BY_NAME[definition.name].outbox_shards
        database = Database(definition.name, dsn, PolicyClock(), outbox_shards=shards)
        await database.open()
        try:
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def log_in_postgres(place: Place) -> AsyncIterator[Bus]:
    async with AsyncExitStack() as stack:
        bus = PostgresBus(await stack.enter_async_context(place.bus()))
        stack.push_async_callback(bus.close)
        yield bus


@asynccontextmanager
async def kafka(bootstrap: str) -> AsyncIterator[Bus]:
    bus = KafkaBus(Cluster(bootstrap, prefix=new_prefix()))
    try:
        await bus.declare({TOPIC: TOPOLOGY.partitions})
        yield bus
    finally:
        await bus.close()
