"""The edge of the whole system at a real port: what every answer says, who is told of as turned away."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio

from services.gateway.refusals import tell
from shared.embedded import EmbeddedPostgres
from shared.ids import new_id
from tests.fixtures.services import RunningSystem, running_system

COUNTY, TOWNSHIP = "500229000000", "500229001000"
PAGE = "https://town.example"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "vary": None,
    "x-trace-id": None,
    "content-security-policy": None,
}
PAGES = ("/docs", "/redoc")
OPEN = ("/healthz", "/readyz", "/readyz/gateway", "/metrics", "/openapi.json", "/.well-known/jwks.json", *PAGES)
REFUSED = (
    ("GET", "/v1/me", 401),
    ("GET", "/v1/nothing", 404),
    ("GET", "/nothing", 404),
    ("POST", "/internal/clock", 404),
    ("DELETE", "/v1/me", 405),
    ("POST", "/oauth/token", 400),
    ("OPTIONS", "/v1/cases", 403),
)


@pytest_asyncio.fixture(loop_scope="session")
async def system(database_server: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[RunningSystem]:
    more = {"cors_origins": [PAGE], "hsts_seconds": 31536000, "max_body_bytes": 10_000, "rate_searches": 2}
    async with running_system(database_server, tmp_path, **more) as running:
        yield running


def _well_said(answer: httpx.Response, *, page: bool = False) -> None:
    for name, value in ALWAYS.items():
        said = answer.headers.get_list(name)
        assert len(said) == 1 or name == "vary", (answer.request.url, name, said)
        assert said, (answer.request.url, name)
        assert value is None or said == [value], answer.request.url
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert ("script-src" in policy) is page
    assert "server" not in answer.headers


async def test_every_answer_is_well_said(system: RunningSystem) -> None:
    client, officer = system.client, system.tokens.officer("county_officer", COUNTY)
    for path in OPEN:
        answer = await client.get(path)
        assert answer.status_code == 200, path
        _well_said(answer, page=path in PAGES)
    for path in ("/v1/me", "/v1/codes", "/v1/divisions", "/v1/households", "/v1/cases", "/v1/tasks", "/v1/events"):
        answer = await client.get(path, headers=officer)
        if answer.status_code != 403:
            assert answer.status_code == 200, path
        _well_said(answer)
    for method, path, status in REFUSED:
        preflight = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
        answer = await client.request(method, path, headers=preflight if method == "OPTIONS" else {})
        assert answer.status_code == status, path
        _well_said(answer)
    large = await client.post("/v1/households/searches", headers=officer, json={"name": "x" * 20_000})
    assert large.status_code == 413
    _well_said(large)
    searches = [await client.post("/v1/households/searches", headers=officer, json={}) for _ in range(2)]
    assert searches[-1].status_code == 429
    _well_said(searches[-1])


async def test_a_page_that_is_known_may_call_every_service(system: RunningSystem) -> None:
    officer = system.tokens.officer("county_officer", COUNTY) | {"Origin": PAGE}
    for path in ("/v1/me", "/v1/divisions", "/v1/cases", "/v1/tasks", "/v1/nothing"):
        answer = await system.client.get(path, headers=officer)
        assert answer.headers["access-control-allow-origin"] == PAGE, path
        assert '"reads";r=' in answer.headers["ratelimit"]


async def test_who_hammers_at_doors_is_seen_by_whom_it_concerns(system: RunningSystem) -> None:
    clerk = system.tokens.officer("township_clerk", TOWNSHIP, officer=7)
    for _ in range(3):
        assert (await system.client.get(f"/v1/cases/{new_id()}", headers=clerk)).status_code == 404
    refused = await system.client.post("/v1/sandbox/clock", headers=clerk, json={"advance_days": 1})
    assert refused.status_code == 403
    await tell(system.system.services["gateway"].context)
    operator = system.tokens.officer("operator", COUNTY)
    assert (await system.client.get("/v1/sandbox/clock?wait=30", headers=operator)).json()["settled"]
    who = (await system.client.get("/v1/me", headers=clerk)).json()["officer_id"]
    seen = await system.client.get(
        f"/v1/events?type=jingzhun.gateway.refusals_counted.v1&subject={who}", headers=operator
    )
    [event] = seen.json()["items"]
    assert (event["division"], event["sequence"]) == (TOWNSHIP, 1)
    assert {name: n for name, n in event["data"].items() if n and name != "principal_id"} == {
        "not_found": 3,
        "forbidden": 1,
    }
    other = system.tokens.officer("supervisor", "500230000000")
    elsewhere = await system.client.get("/v1/events?type=jingzhun.gateway.refusals_counted.v1", headers=other)
    assert elsewhere.json().get("items", []) == []
    metrics = (await system.client.get("/metrics")).text
    assert 'jingzhun_http_refusals_total{caller="officer",code="scope-missing"' in metrics
