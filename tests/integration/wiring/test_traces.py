"""One request, one trace: from the gateway over outbox and bus to the last projection."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio

from shared.embedded import EmbeddedPostgres
from tests.e2e.strangers import COUNTY, Stranger
from tests.e2e.village import PROVINCE, VILLAGE, household
from tests.fixtures.services import running_system
from tests.fixtures.tracing import Recorded, Recording

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
TRACE = CALLER[3:35]
DIVISIONS = (PROVINCE, "500200000000", COUNTY, "500229001000", VILLAGE, "500229001001001")
GATEWAY_AND_SERVICE = [("gateway", "POST /v1/cases"), ("identification", "POST /v1/cases/{case_id}/rejection")]
DECIDED = [*GATEWAY_AND_SERVICE, ("identification", "transaction")]
TOLD = "jingzhun.identification.v1"


@dataclass(frozen=True)
class Watched:
    stranger: Stranger
    recording: Recording

    async def traced(self, path: str, body: object, role: str) -> Recorded:
        """All that came of one request in the end."""
        headers = self.stranger.headers(role, COUNTY) | {"traceparent": CALLER}
        answer = await self.stranger.system.client.post(f"/v1{path}", json=body, headers=headers)
        assert answer.is_success, answer.text
        assert answer.headers["x-trace-id"] == TRACE
        await self.stranger.settled()
        return self.recording.trace(TRACE)

    async def registered(self) -> str:
        divisions = {"divisions": [{"code": code, "name": f"区划{code}"} for code in DIVISIONS]}
        await self.stranger.made("/divisions", divisions, "county_officer", PROVINCE)
        made = await self.stranger.made("/households", household(1), "county_officer", COUNTY)
        return str(made["id"])


@pytest_asyncio.fixture(loop_scope="session")
async def watched(database_server: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Watched]:
    recording = Recording()
    async with running_system(database_server, tmp_path, tracing=recording.tracing) as system:
        yield Watched(Stranger(system), recording)


async def test_a_decision_is_one_trace_through_every_service(watched: Watched) -> None:
    household_id, stranger = await watched.registered(), watched.stranger
    paper = await stranger.upload("/evidence", b"signed", "text/plain", "village_cadre", VILLAGE)
    application = {"household_id": household_id, "applied_on": "2026-03-01", "evidence": [paper.json()["digest"]]}
    case = await stranger.made("/applications", application, "household_agent", VILLAGE)
    body = {"reason": "不在范围"}
    trace = await watched.traced(f"/cases/{case['id']}/rejection", body, "county_officer")

    assert trace.services() == {"gateway", "identification", "households", "notifications", "audit"}
    asked = [*GATEWAY_AND_SERVICE, ("identification", "POST /internal/kinship")]
    assert trace.path("households", "POST /internal/kinship") == [*asked, ("households", "POST /internal/kinship")]
    assert trace.path("identification", f"send {TOLD}") == [*DECIDED, ("identification", f"send {TOLD}")]
    given = [*DECIDED, ("notifications", f"process {TOLD}")]
    assert trace.path("notifications", "send jingzhun.notifications.v1")[:-1] == given
    assert trace.path("audit", f"process {TOLD}")[:-1] == DECIDED
    assert trace.path("audit", "process jingzhun.notifications.v1")[:-1] == given


async def test_a_projection_is_the_end_of_the_trace(watched: Watched) -> None:
    household_id = await watched.registered()
    poor = {"registrations": [{"household_id": household_id, "status": "poor", "since": "2019-05-01"}]}
    trace = await watched.traced("/registration-imports", poor, "county_officer")
    projected = next(span for span in trace.spans if span.name == f"process {TOLD}")
    assert trace.path("households", projected.name)[-2:] == [
        ("identification", "transaction"),
        ("households", projected.name),
    ]
    (handled,) = [
        one for one in trace.spans if one.name == projected.name and "households.status" in str(one.attributes)
    ]
    assert dict(handled.attributes or {}) == {
        "messaging.system": "postgresql",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.name": TOLD,
        "messaging.batch.message_count": 1,
        "messaging.consumer.group.name": "households",
        "cloudevents.event_type": "jingzhun.identification.household_registration_imported.v1",
        "code.function.name": "services.households.status.handlers.registration_imported",
    }
