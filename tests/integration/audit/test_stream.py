"""The stream at a real port: from the archive and on with what comes, to everyone their own, each event once."""

import asyncio
from uuid import uuid4

import pytest

from services.audit.positions import BEGINNING, position_of, write_position
from shared.events.gateway import OfficerAppointed
from shared.events.identification import CaseRejected, CaseWithdrawn
from tests.fixtures.eventstreams import EventSource
from tests.fixtures.happenings import COUNTY, VILLAGE, case_fields, happened
from tests.fixtures.services import RunningService
from tests.integration.audit.listeners import EVERYWHERE, Listeners, ids, some, until
from tests.integration.audit.readers import put, put_events

GROUP, NEIGHBOUR = "500229001001003", "500229001002"


async def test_old_and_new_come_in_order_in_structured_json(audit: RunningService, listeners: Listeners) -> None:
    old = happened(CaseWithdrawn(**case_fields(uuid4(), "survey", "withdrawn")), division=GROUP)
    new = happened(CaseRejected(**case_fields(uuid4(), "survey", "rejected"), ground="ineligible"), division=GROUP)
    await put_events(audit, old)
    async with listeners.one() as source:
        assert source.answer.headers["content-type"] == "text/event-stream"
        assert source.answer.headers["cache-control"] == "no-store"
        assert source.answer.headers["x-accel-buffering"] == "no"
        [first] = await source.take(1)
        await put_events(audit, new)
        [second] = await source.take(1)
    assert [first.json, second.json] == [old.envelope.structured(), new.envelope.structured()]
    assert [first.event, second.event] == [old.envelope.type, new.envelope.type]
    assert second.id == write_position(position_of(2, new.envelope.id))
    assert source.retry == 2000


async def test_whoever_connects_again_gets_each_event_once(audit: RunningService, listeners: Listeners) -> None:
    """Between pages and live, however the connection breaks, and while more is archived all the time."""
    deliveries = some(3_000)
    await put(audit, deliveries[:1200])

    async def go_on() -> None:
        for start in range(1200, 3000, 50):
            await put(audit, deliveries[start : start + 50])

    going_on = asyncio.create_task(go_on())
    seen: list[str] = []
    last_id: str | None = None
    for part in (1, 499, 500, 700, 1, 600, 699):
        async with listeners.one(last_id=last_id) as source:
            seen += [message.json["id"] for message in await source.take(part)]
            last_id = source.last_id
    await going_on
    assert seen == ids(deliveries)


async def test_many_readers_who_come_at_any_time(audit: RunningService, listeners: Listeners) -> None:
    deliveries = some(1_000)

    async def read(number: int) -> list[str]:
        await asyncio.sleep(number / 200)
        async with listeners.one() as source:
            return [message.json["id"] for message in await source.take(1_000)]

    readers = [asyncio.create_task(read(number)) for number in range(20)]
    for start in range(0, 1_000, 20):
        await put(audit, deliveries[start : start + 20])
    assert [await reader for reader in readers] == [ids(deliveries)] * 20


async def test_from_the_head_on_without_a_gap_before_the_first_event(
    audit: RunningService, listeners: Listeners
) -> None:
    old, new = some(1), some(1)
    await put(audit, old)
    async with listeners.one(after="latest") as source:
        await until_told(source)
    await put(audit, new)
    async with listeners.one(last_id=source.last_id) as again:
        [message] = await again.take(1)
    assert message.json["id"] == ids(new)[0]


async def until_told(source: EventSource) -> None:
    """The place where the stream begins."""
    reading = asyncio.create_task(source.take(1))
    await until(lambda: source.last_id != "")
    reading.cancel()


@pytest.mark.parametrize(
    ("role", "area", "query", "seen"),
    [
        ("operator", EVERYWHERE, {}, [0, 1, 2]),
        ("auditor", COUNTY, {}, [0, 1, 2]),
        ("county_officer", COUNTY, {}, [0, 1]),
        ("county_officer", COUNTY, {"type": "case_rejected"}, [1]),
        ("county_officer", COUNTY, {"type": "CaseWithdrawn"}, [0]),
        ("county_officer", COUNTY, {"division": NEIGHBOUR}, [1]),
        ("village_cadre", VILLAGE, {}, [0]),
        ("county_officer", "500230000000", {}, []),
    ],
)
@pytest.mark.parametrize("live", [False, True], ids=["old", "live"])
async def test_everyone_sees_their_own_area_and_filter(
    audit: RunningService,
    listeners: Listeners,
    role: str,
    area: str,
    query: dict[str, str],
    seen: list[int],
    live: bool,
) -> None:
    events = [
        happened(CaseWithdrawn(**case_fields(uuid4(), "survey", "withdrawn")), division=GROUP),
        happened(CaseRejected(**case_fields(uuid4(), "survey", "rejected"), ground="ineligible"), division=NEIGHBOUR),
        happened(OfficerAppointed(officer_id=uuid4(), role="auditor"), division=""),
    ]
    last = happened(CaseRejected(**case_fields(uuid4(), "survey", "rejected"), ground="ineligible"), division=area)
    other = happened(CaseWithdrawn(**case_fields(uuid4(), "survey", "withdrawn")), division=area)
    if not live:
        await put_events(audit, *events)
    async with listeners.one(role, area, **query) as source:
        if live:
            await until(lambda: listeners.live == 1)
            await put_events(audit, *events)
        await put_events(audit, last, other)
        got = []
        if query == {"division": NEIGHBOUR}:
            got = [message.json["id"] for message in await source.take(1)]
        else:
            async for message in source.messages():
                if message.json["id"] in {str(last.envelope.id), str(other.envelope.id)}:
                    break
                got.append(message.json["id"])
    assert got == [str(events[number].envelope.id) for number in seen]


@pytest.mark.parametrize("by_header", [True, False])
@pytest.mark.parametrize(
    "place",
    [
        "garbage",
        "",
        "AAAA",
        "x" * 101,
        write_position(position_of(9, uuid4())),  # of the future
        write_position(position_of(1, uuid4())),  # of another archive
    ],
)
async def test_a_position_of_no_archive_of_ours_is_refused_before_the_stream_begins(
    audit: RunningService, listeners: Listeners, place: str, by_header: bool
) -> None:
    await put(audit, some(2))
    given = {"last_id": place} if by_header else {"after": place}
    async with listeners.one(**given) as source:
        answer = source.answer
        assert answer.status == 422
        assert answer.headers["content-type"] == "application/problem+json"
        problem = await answer.json(content_type=None)
    assert problem["code"] == ("request-invalid" if len(place) > 100 else "position-invalid")
    assert len(place) < 5 or place not in str(problem)


async def test_the_header_goes_before_the_parameter(audit: RunningService, listeners: Listeners) -> None:
    deliveries = some(2)
    await put(audit, deliveries)
    async with listeners.one(after=write_position(BEGINNING)) as source:
        [first] = await source.take(1)
    async with listeners.one(last_id=first.id, after=write_position(BEGINNING)) as source:
        [second] = await source.take(1)
    assert second.json["id"] == ids(deliveries)[1]


@pytest.mark.parametrize(
    ("role", "query", "status", "code"),
    [
        ("helper", {}, 403, "scope-missing"),
        ("village_cadre", {"division": COUNTY}, 403, "outside-area"),
        ("operator", {"limit": "5"}, 422, "parameter-unknown"),
        ("operator", {"division": "5"}, 422, "request-invalid"),
    ],
)
async def test_refused(listeners: Listeners, role: str, query: dict[str, str], status: int, code: str) -> None:
    async with listeners.one(role, VILLAGE, **query) as source:
        assert (source.answer.status, (await source.answer.json(content_type=None))["code"]) == (status, code)
