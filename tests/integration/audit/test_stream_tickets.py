"""Tickets: for one stream, once, soon, with one filter; and never anything that opens a stream in the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from shared.auth.tokens import GATEWAY, TokenIssuer
from shared.events.identification import CaseRejected, CaseWithdrawn
from tests.fixtures.eventstreams import EventSource, event_source
from tests.fixtures.happenings import COUNTY, VILLAGE, case_fields, happened
from tests.fixtures.services import RunningService
from tests.integration.audit.listeners import EVERYWHERE, STREAM, Listeners, some, until
from tests.integration.audit.readers import put, put_events, rows

TICKETS = "/v1/events/stream-tickets"


async def ticket(
    audit: RunningService, role: str = "operator", area: str = EVERYWHERE, **filters: str
) -> httpx.Response:
    return await audit.client.post(TICKETS, json=filters, headers=audit.tokens.officer(role, area))


async def issued(audit: RunningService, role: str = "operator", area: str = EVERYWHERE, **filters: str) -> str:
    answer = await ticket(audit, role, area, **filters)
    assert answer.status_code == 201, answer.text
    text: str = answer.json()["ticket"]
    return text


@asynccontextmanager
async def browser(listeners: Listeners, text: str, **query: str) -> AsyncIterator[EventSource]:
    """Sends no header."""
    async with event_source(listeners.url + STREAM, {}, ticket=text, **query) as source:
        yield source


async def refusal(listeners: Listeners, text: str, **query: str) -> tuple[int, str]:
    async with browser(listeners, text, **query) as source:
        problem = await source.answer.json(content_type=None)
        assert not text or text not in str(problem)
        return source.answer.status, problem["code"]


async def test_a_ticket_opens_a_stream_of_its_holder_with_its_filter(
    audit: RunningService, listeners: Listeners
) -> None:
    events = [
        happened(CaseWithdrawn(**case_fields(uuid4(), "survey", "withdrawn")), division=VILLAGE),
        happened(CaseRejected(**case_fields(uuid4(), "survey", "rejected"), ground="ineligible"), division=VILLAGE),
        happened(CaseRejected(**case_fields(uuid4(), "survey", "rejected"), ground="ineligible"), division=COUNTY),
        happened(CaseRejected(**case_fields(uuid4(), "survey", "rejected"), ground="ineligible"), division=VILLAGE),
    ]
    await put_events(audit, *events)
    text = await issued(audit, "village_cadre", VILLAGE, type="case_rejected")
    async with browser(listeners, text) as source:
        seen = [message.json["id"] for message in await source.take(2)]
    assert seen == [str(events[number].envelope.id) for number in (1, 3)]


async def test_used_once(audit: RunningService, listeners: Listeners) -> None:
    text = await issued(audit)
    async with browser(listeners, text) as source:
        assert source.answer.status == 200
        assert await refusal(listeners, text) == (401, "ticket-used")
    assert await refusal(listeners, text) == (401, "ticket-used")


async def test_of_many_who_come_at_once_one_is_let_in(audit: RunningService, listeners: Listeners) -> None:
    text = await issued(audit)

    async def come() -> int:
        async with browser(listeners, text) as source:
            await asyncio.sleep(0.2)
            return source.answer.status

    assert sorted(await asyncio.gather(*(come() for _ in range(8)))) == [200] + [401] * 7


async def test_goes_on_from_the_last_id(audit: RunningService, listeners: Listeners) -> None:
    deliveries = some(3)
    await put(audit, deliveries)
    async with browser(listeners, await issued(audit)) as source:
        await source.take(1)
    async with browser(listeners, await issued(audit), after=source.last_id) as again:
        seen = [message.json["id"] for message in await again.take(2)]
    assert seen == [delivery.message.headers["ce_id"] for delivery in deliveries[1:]]


@pytest.mark.parametrize("text", ["", "x", "A" * 43, "ü"])
async def test_what_is_no_ticket(listeners: Listeners, text: str) -> None:
    assert await refusal(listeners, text) == (401, "ticket-invalid")


async def test_an_expired_one(audit: RunningService, listeners: Listeners) -> None:
    answer = await ticket(audit)
    left = datetime.fromisoformat(answer.json()["expires_at"]) - datetime.now(UTC)
    assert timedelta(0) < left <= timedelta(seconds=60)
    await rows(audit, "UPDATE stream_tickets SET expires_at = now()")
    assert await refusal(listeners, answer.json()["ticket"]) == (401, "ticket-expired")


async def test_of_another_filter(audit: RunningService, listeners: Listeners) -> None:
    text = await issued(audit, type="case_rejected", division=VILLAGE)
    for query in ({"type": "case_withdrawn"}, {"type": "case_rejected"}, {"subject": str(uuid4())}):
        assert await refusal(listeners, text, **query) == (403, "ticket-other-filter")
    async with browser(listeners, text, type="case_rejected", division=VILLAGE) as source:
        assert source.answer.status == 200


async def test_a_refused_request_does_not_use_it(audit: RunningService, listeners: Listeners) -> None:
    text = await issued(audit)
    assert await refusal(listeners, text, after="garbage") == (422, "position-invalid")
    async with browser(listeners, text) as source:
        assert source.answer.status == 200


async def test_it_ends_with_the_token_it_stands_for(audit: RunningService, listeners: Listeners) -> None:
    token = TokenIssuer(audit.context.keys, GATEWAY).officer(
        officer_id=uuid4(), role="operator", division=EVERYWHERE, lifetime=timedelta(seconds=4)
    )
    answer = await audit.client.post(TICKETS, json={}, headers={"Authorization": f"Bearer {token}"})
    async with browser(listeners, answer.json()["ticket"]) as source:
        [last] = await source.take(2)
    assert (last.event, last.json["code"]) == ("closed", "token-expired")


@pytest.mark.parametrize(
    ("role", "body", "status", "code"),
    [
        ("helper", {}, 403, "scope-missing"),
        ("village_cadre", {"division": COUNTY}, 403, "outside-area"),
        ("operator", {"limit": 5}, 422, "request-invalid"),
        ("operator", {"type": ""}, 422, "request-invalid"),
        ("operator", {"division": "1"}, 422, "request-invalid"),
    ],
)
async def test_refused(audit: RunningService, role: str, body: dict[str, str], status: int, code: str) -> None:
    answer = await ticket(audit, role, VILLAGE, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_database_alone_opens_nothing(audit: RunningService) -> None:
    text = await issued(audit)
    [row] = await rows(audit, "SELECT stream_tickets::text AS all FROM stream_tickets")
    token = audit.tokens.officer("operator", EVERYWHERE)["Authorization"].split()[1]
    for secret in (text, token, token.split(".")[0]):
        assert secret not in row["all"]
        assert secret.encode().hex() not in row["all"]
    assert await rows(audit, "SELECT FROM idempotency_keys") == []


async def test_those_long_gone_are_swept(audit: RunningService) -> None:
    await issued(audit)
    await rows(audit, "UPDATE stream_tickets SET expires_at = now() - interval '2 days'")
    await issued(audit)
    assert len(await rows(audit, "SELECT FROM stream_tickets")) == 1


async def test_it_reaches_neither_logs_nor_metrics(
    audit: RunningService, listeners: Listeners, capfd: pytest.CaptureFixture[str]
) -> None:
    text = await issued(audit)
    async with browser(listeners, text):
        pass
    await until(lambda: listeners.open == 0)
    await refusal(listeners, text)
    told = capfd.readouterr()
    assert text not in (await audit.client.get("/metrics")).text
    assert text not in told.out + told.err
