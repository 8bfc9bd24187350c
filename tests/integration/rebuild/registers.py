"""Households in a running system, a flow of events about them, and what their projections must say in the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.wiring.databases import BUS
from services.wiring.rebuild import projections, rebuild
from services.wiring.system import databases_of
from shared.bus.postgres import PostgresBus
from shared.embedded import EmbeddedPostgres
from shared.events import Event
from shared.events.households import HouseholdMoved
from shared.events.identification import HouseholdIdentified, HouseholdRegistrationImported
from shared.rebuild import Report
from tests.conformance.service import eventually
from tests.e2e.strangers import Stranger
from tests.e2e.village import COUNTY, GROUP, OTHER_VILLAGE, PROVINCE, VILLAGE, household
from tests.fixtures.happenings import NOON, happened, message_of
from tests.fixtures.services import RunningSystem

HOUSEHOLDS = 12
BEHIND = 200
"""How many events the archive may lag before more are told."""
_DIVISIONS = (PROVINCE, "500200000000", COUNTY, "500229001000", "500229002000", VILLAGE, OTHER_VILLAGE, GROUP)
_STATUS = "SELECT id, status, status_since, status_case_id, registration_version, version FROM households ORDER BY id"
_KNOWN = "SELECT * FROM known_households ORDER BY id"
Rows = list[dict[str, Any]]


@dataclass
class Registers:
    system: RunningSystem
    server: EmbeddedPostgres
    households: list[UUID] = field(default_factory=list)
    told: int = 1
    """The version of which every household was told last."""

    @property
    def stranger(self) -> Stranger:
        return Stranger(self.system)

    async def rebuild(self, service: str, projection: str) -> Report:
        chosen = projections()[service][projection]
        return await rebuild(self.system.settings, self.server, service, chosen)

    async def status(self) -> Rows:
        return await self.rows("households", _STATUS)

    async def known(self) -> Rows:
        return await self.rows("identification", _KNOWN)

    async def rows(self, service: str, statement: str, *arguments: Any) -> Rows:
        async with self.system.system.services[service].context.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(statement, *arguments)]

    @asynccontextmanager
    async def bus(self) -> AsyncIterator[PostgresBus]:
        bus = PostgresBus(databases_of(self.system.settings, self.server).dsn(BUS))
        try:
            yield bus
        finally:
            await bus.close()

    async def tell(self, bus: PostgresBus) -> None:
        """The next registration and the next removal of every household."""
        self.told += 1
        events = [make(one, self.told) for make in (_registered, _moved) for one in self.households]
        await bus.publish([message_of(happened(event, sequence=self.told, division=GROUP)) for event in events])

    @asynccontextmanager
    async def flow(self) -> AsyncIterator[None]:
        """Events keep coming while the block runs."""
        stop = asyncio.Event()

        async def keep_telling() -> None:
            async with self.bus() as bus:
                while not stop.is_set():
                    await self.tell(bus)
                    await eventually(lambda: _kept_up_with(bus))

        telling = asyncio.create_task(keep_telling())
        try:
            yield
        finally:
            stop.set()
            await telling

    def expected_status(self) -> Rows:
        standing = _standing(self.told)
        return [{"id": one, "registration_version": self.told, "version": 1} | standing for one in self.households]

    def expected_known(self) -> Rows:
        own = {"division": GROUP, "in_scope": self.told % 2 == 0, "version": self.told}
        return [{"id": one} | own for one in self.households]


async def _kept_up_with(bus: PostgresBus) -> bool:
    behind = await bus.lag("audit", ["jingzhun.households.v1", "jingzhun.identification.v1"])
    return sum(behind.values()) < BEHIND


def identified(household_id: UUID, number: int) -> HouseholdIdentified:
    return HouseholdIdentified(
        case_id=UUID(int=number),
        household_id=household_id,
        kind="entry",
        step="announcement",
        state="identified",
        list_id=uuid4(),
        registration_version=number,
    )


def _standing(number: int) -> dict[str, Any]:
    """What the registration of that number says: every third by a case, the others imported."""
    if number % 3 == 0:
        return {"status": "poor", "status_since": NOON.date(), "status_case_id": UUID(int=number)}
    since = date(2016, 1, 1) + timedelta(days=number)
    return {"status": ("poor", "exited")[number % 2], "status_since": since, "status_case_id": None}


def _registered(household_id: UUID, number: int) -> Event:
    if number % 3 == 0:
        return identified(household_id, number)
    standing = _standing(number)
    return HouseholdRegistrationImported(
        household_id=household_id,
        status=standing["status"],
        since=standing["status_since"],
        registration_version=number,
    )


def _moved(household_id: UUID, number: int) -> HouseholdMoved:
    return HouseholdMoved(household_id=household_id, in_scope=number % 2 == 0, previous_division=VILLAGE)


async def settle(registers: Registers) -> Registers:
    """Some households registered."""
    stranger = registers.stranger
    divisions = [{"code": code, "name": f"区划{code}"} for code in _DIVISIONS]
    await stranger.made("/divisions", {"divisions": divisions}, "county_officer", PROVINCE)
    for place in range(1, HOUSEHOLDS + 1):
        made = await stranger.made("/households", household(place), "county_officer", COUNTY)
        registers.households.append(UUID(made["id"]))
    await stranger.settled()
    return registers
