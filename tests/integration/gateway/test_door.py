"""Readiness, metrics, and pages that need nothing from outside."""

import re

from shared.runtime.standing import READY, SILENT, degraded
from tests.fixtures.services import RunningService
from tests.integration.gateway.neighbours import Surroundings


async def test_readiness_names_who_is_not(gateway: RunningService, surroundings: Surroundings) -> None:
    assert (await gateway.client.get("/readyz")).json() == {"status": "ready"}
    surroundings.known = {"households": READY, "audit": SILENT}
    answer = await gateway.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "unready",
        "services": {"audit": "没有应答 · does not answer"},
        "reason": "audit: 没有应答 · does not answer",
    }
    surroundings.known = {"audit": degraded("一个死信", "a dead letter")}
    answer = await gateway.client.get("/readyz", headers={"Accept": "text/plain"})
    assert (answer.status_code, answer.text) == (200, "audit: 一个死信 · a dead letter\n")
    assert (await gateway.client.get("/healthz")).status_code == 200
    own = await gateway.client.get("/readyz/gateway")
    assert (own.status_code, own.json()) == (200, {"status": "ready", "service": "gateway"})


async def test_metrics_are_refreshed_before_they_are_shown(gateway: RunningService, surroundings: Surroundings) -> None:
    text = (await gateway.client.get("/metrics")).text
    assert surroundings.refreshed == 1
    for name in ("outbox_age_seconds", "consumer_lag", "parked_keys", "dead_letters"):
        assert f"jingzhun_{name}" in text


async def test_pages_name_nothing_outside(gateway: RunningService) -> None:
    for path in ("/docs", "/redoc"):
        page = await gateway.client.get(path)
        assert "//" not in page.text.replace("<!doctype html>", "")
        assert "default-src 'none'" in page.headers["content-security-policy"]
        for link in re.findall(r'(?:src|href)="([^"]+)"', page.text):
            found = await gateway.client.get(link)
            assert (found.status_code, len(found.content) > 0) == (200, True), link
    rules = await gateway.client.get("/docs/deprecation")
    assert (rules.status_code, rules.headers["content-type"]) == (200, "text/markdown; charset=utf-8")
    assert (await gateway.client.get("/docs/../service.py")).status_code == 404
    assert (await gateway.client.get("/docs/unknown.js")).json()["code"] == "not-found"
