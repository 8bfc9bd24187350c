"""The status that a household shows follows identification's registrations, the newest of them."""

from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID, uuid4

import pytest

from services.households.status.handlers import HouseholdMissing, identified, registration_imported
from shared.delivery.consumer import Received
from shared.events.base import Envelope, Event
from shared.events.identification import HouseholdIdentified, HouseholdRegistrationImported
from tests.integration.households.registry_office import GROUP, RegistryOffice

EventT = TypeVar("EventT", bound=Event)
EVENING = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)


def received(event: EventT) -> Received[EventT]:
    envelope = Envelope(
        id=uuid4(),
        type=event.type(),
        source="/jingzhun/identification",
        subject=event.subject,
        partition_key=event.subject,
        time=EVENING,
        division=GROUP,
        sequence=1,
        correlation_id="test",
        causation_id=None,
        traceparent=None,
        data=event.encoded(),
    )
    return Received(event, envelope)


def imported(household: str, version: int, status: str = "poor") -> Received[HouseholdRegistrationImported]:
    return received(
        HouseholdRegistrationImported.model_validate(
            {
                "household_id": household,
                "status": status,
                "since": date(2016, 1, 1),
                "registration_version": version,
            }
        )
    )


def announced(household: str, case: UUID, version: int) -> Received[HouseholdIdentified]:
    return received(
        HouseholdIdentified(
            case_id=case,
            household_id=UUID(household),
            kind="entry",
            step="announcement",
            state="identified",
            list_id=uuid4(),
            registration_version=version,
        )
    )


async def test_the_newest_registration_is_shown(office: RegistryOffice) -> None:
    household, other = await office.registered(), await office.registered()
    case = uuid4()
    async with office.database.transaction() as transaction:
        await registration_imported(
            transaction, [imported(household, 1), imported(other, 1), imported(household, 2, "exited")]
        )
    shown = (await office.get(f"/households/{household}")).json()
    assert (shown["status"], shown["status_since"], shown["status_case_id"]) == ("exited", "2016-01-01", None)
    async with office.database.transaction() as transaction:
        await identified(transaction, [announced(household, case, 3)])
        await registration_imported(transaction, [imported(household, 2, "exited")])
    shown = (await office.get(f"/households/{household}")).json()
    assert (shown["status"], shown["status_since"], shown["status_case_id"]) == ("poor", "2025-07-01", str(case))
    assert shown["version"] == 1
    poor = (await office.get("/households", status="poor", division=GROUP)).json()["items"]
    assert {item["id"] for item in poor} == {household, other}


async def test_a_registration_of_a_missing_household_is_loud(office: RegistryOffice) -> None:
    with pytest.raises(HouseholdMissing):
        async with office.database.transaction() as transaction:
            await identified(transaction, [announced(str(uuid4()), uuid4(), 1)])
