"""Five processes, one trace: what a collector of OpenTelemetry's protocol gets of one request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shared.ids import new_id
from tests.e2e.modes import processes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
COUNTY, PROVINCE = "500229000000", "500000000000"
TRACE = "0af7651916cd43dd8448eb211c80319c"
HOUSEHOLDS = "jingzhun.households.v1"
LIMIT_SECONDS = 60
SPANS = {
    ("gateway", "POST /v1/households"),
    ("gateway", "POST"),
    ("households", "POST /v1/households"),
    ("households", "transaction"),
    ("households", f"send {HOUSEHOLDS}"),
    ("identification", f"process {HOUSEHOLDS}"),
    ("audit", f"process {HOUSEHOLDS}"),
}
"""From the gateway, by its request to the service, over the bus to both who take the event."""
MEMBER = {
    "name": "张三丰",
    "sex": "male",
    "id_number": "500229198001010015",
    "relation": "head",
    "registration": "rural",
}


@dataclass
class Collector:
    """``spans`` of the one trace, as (service, name); ``all`` is everything received, as text."""

    spans: set[tuple[str, str]] = field(default_factory=set)
    all: str = ""
    more: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        sent = ExportTraceServiceRequest.FromString(await request.read())
        self.all += str(sent)
        for resource in sent.resource_spans:
            named = {one.key: one.value.string_value for one in resource.resource.attributes}
            for scope in resource.scope_spans:
                own = (span for span in scope.spans if span.trace_id.hex() == TRACE)
                self.spans |= {(named["service.name"], span.name) for span in own}
        self.more.set()
        return web.Response()

    async def until(self, expected: set[tuple[str, str]]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not expected <= self.spans:
                self.more.clear()
                await self.more.wait()


@asynccontextmanager
async def collecting(collector: Collector) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_post("/v1/traces", collector.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_one_request_is_one_trace_over_all_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collector = Collector()
    async with collecting(collector) as url:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", url)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        async with processes(tmp_path / "data", {"traces": "otlp"}) as system:

            async def post(path: str, body: object, division: str = COUNTY, **more: str) -> None:
                token = system.tokens.of("county_officer", division)
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())} | more
                answer = await system.client.post(f"/v1{path}", json=body, headers=headers)
                assert answer.is_success, answer.text

            codes = (PROVINCE, "500200000000", COUNTY, "500229001000", "500229001001", "500229001001001")
            await post("/divisions", {"divisions": [{"code": code, "name": f"区划{code}"} for code in codes]}, PROVINCE)
            household = {"division": codes[-1], "booklet_number": "500229001001001", "members": [MEMBER]}
            await post("/households", household, traceparent=f"00-{TRACE}-b7ad6b7169203331-01")
            await collector.until(SPANS)
    assert collector.spans == SPANS
    assert MEMBER["name"] not in collector.all
    assert MEMBER["id_number"] not in collector.all
