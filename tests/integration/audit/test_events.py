"""What the archive shows to whom, and how to go on reading."""

import asyncio
from uuid import uuid4

import pytest

from services.audit.positions import BEGINNING, position_of, write_position
from shared.bus.port import Message
from shared.events.gateway import OfficerAppointed
from shared.events.identification import CaseRejected, CaseWithdrawn
from tests.fixtures.happenings import COUNTY, VILLAGE, case_fields, delivered, happened
from tests.fixtures.services import RunningService
from tests.integration.audit.readers import Reader, put, put_events

GROUP, NEIGHBOUR, ELSEWHERE = "500229001001003", "500229001002", "500230001001"
CASE = uuid4()
WITHDRAWN = happened(CaseWithdrawn(**case_fields(CASE, "survey", "withdrawn")), division=GROUP)
REJECTED = happened(CaseRejected(**case_fields(uuid4(), "survey", "rejected"), ground="ineligible"), division=NEIGHBOUR)
ABROAD = happened(CaseWithdrawn(**case_fields(uuid4(), "survey", "withdrawn")), division=ELSEWHERE)
APPOINTED = happened(OfficerAppointed(officer_id=uuid4(), role="auditor"), division="")
IDS = [str(one.envelope.id) for one in (WITHDRAWN, REJECTED, ABROAD, APPOINTED)]


PLACES = [
    position_of(number, one.envelope.id) for number, one in enumerate((WITHDRAWN, REJECTED, ABROAD, APPOINTED), 1)
]


def at(number: int) -> str:
    return write_position(PLACES[number - 1] if number else BEGINNING)


async def fill(audit: RunningService) -> None:
    await put_events(audit, WITHDRAWN, REJECTED, ABROAD, APPOINTED)


@pytest.mark.parametrize(
    ("role", "division", "seen"),
    [
        ("operator", "500000000000", [0, 1, 2, 3]),
        ("auditor", COUNTY, [0, 1, 3]),
        ("county_officer", COUNTY, [0, 1]),
        ("county_officer", "500230000000", [2]),
        ("village_cadre", VILLAGE, [0]),
        ("village_cadre", "500229001003", []),
    ],
)
async def test_everyone_sees_their_own_area(audit: RunningService, role: str, division: str, seen: list[int]) -> None:
    await fill(audit)
    assert await Reader(audit, role, division).ids() == [IDS[number] for number in seen]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"type": "case_withdrawn"}, [0, 2]),
        ({"type": "CaseWithdrawn"}, [0, 2]),
        ({"type": "jingzhun.identification.case_rejected.v1"}, [1]),
        ({"type": "jingzhun.identification.case_rejected.v2"}, []),
        ({"type": "case"}, []),
        ({"subject": str(CASE)}, [0]),
        ({"division": "500229000000"}, [0, 1]),
        ({"division": GROUP}, [0]),
        ({"correlation": REJECTED.envelope.correlation_id}, [1]),
        ({"type": "case_withdrawn", "division": "500230000000"}, [2]),
    ],
)
async def test_filters(audit: RunningService, operator: Reader, query: dict[str, str], seen: list[int]) -> None:
    await fill(audit)
    assert await operator.ids(**query) == [IDS[number] for number in seen]


async def test_events_are_shown_in_structured_json(audit: RunningService, operator: Reader) -> None:
    await fill(audit)
    items, _ = await operator.page(limit=1)
    assert items == [WITHDRAWN.envelope.structured()]


async def test_what_cannot_be_read_is_shown_to_operators(audit: RunningService, operator: Reader) -> None:
    await put(audit, [delivered(Message("jingzhun.gateway.v1", "", {}, b"\xff"))])
    [item], _ = await operator.page()
    assert (item["type"], item["data_base64"]) == ("unknown", "/w==")
    assert await Reader(audit, "county_officer", COUNTY).ids() == []


async def test_next_is_always_where_to_go_on(audit: RunningService, operator: Reader) -> None:
    assert await operator.page() == ([], None)
    assert await operator.page(after="latest") == ([], at(0))
    await fill(audit)
    for query, following in [
        ({"limit": 1}, 1),
        ({"limit": 2, "after": at(1)}, 3),
        ({"limit": 4}, 4),
        ({"limit": 100}, 4),
        ({"type": "case_rejected"}, 4),
        ({"type": "case_rejected", "limit": 1}, 2),
        ({"after": at(4)}, 4),
        ({"after": "latest"}, 4),
    ]:
        assert (await operator.page(**query))[1] == at(following), query


async def test_the_link_leads_to_the_next_page(audit: RunningService, operator: Reader) -> None:
    await fill(audit)
    answer = await operator.get("/v1/events", type="case_withdrawn", limit=1)
    link = answer.headers["link"]
    assert link.endswith('; rel="next"')
    following = await operator.get(link[1 : link.index(">")])
    assert [item["id"] for item in following.json()["items"]] == [IDS[2]]


@pytest.mark.parametrize(
    "after",
    [
        "",
        "1",
        "latest!",
        "AAAA",
        write_position(position_of(9, uuid4())),
        write_position(position_of(2**62, uuid4())),
        write_position(position_of(2, uuid4())),  # of another archive
        write_position(PLACES[1]._replace(number=3)),
    ],
)
async def test_a_position_of_no_archive_of_ours_is_refused(audit: RunningService, operator: Reader, after: str) -> None:
    await fill(audit)
    answer = await operator.get("/v1/events", after=after)
    assert (answer.status_code, answer.json()["code"]) == (422, "position-invalid")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"division": ELSEWHERE}, 403, "outside-area"),
        ({"limit": 1001}, 422, "request-invalid"),
        ({"wait": 31}, 422, "request-invalid"),
        ({"cursor": "x"}, 422, "parameter-unknown"),
    ],
)
async def test_refused(audit: RunningService, query: dict[str, str], status: int, code: str) -> None:
    answer = await Reader(audit, "village_cadre", VILLAGE).get("/v1/events", **query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_helpers_do_not_read_the_archive(audit: RunningService) -> None:
    answer = await Reader(audit, "helper", VILLAGE).get("/v1/events")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


async def test_waiting_ends_with_the_event_that_was_waited_for(audit: RunningService, operator: Reader) -> None:
    _, end = await operator.page(after="latest")
    waiting = asyncio.create_task(operator.page(after=end, type="case_rejected", wait=30))
    await put_events(audit, WITHDRAWN)
    await put_events(audit, REJECTED)
    items, following = await waiting
    assert [item["id"] for item in items] == [IDS[1]]
    assert following == at(2)


async def test_waiting_in_vain_tells_where_to_go_on(audit: RunningService, operator: Reader) -> None:
    await fill(audit)
    assert await operator.page(after="latest", wait=1) == ([], at(4))
