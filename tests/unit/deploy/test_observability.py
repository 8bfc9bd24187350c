"""Alerts and dashboard ask only for what is measured, and every alert says what to do."""

import json
import re

import pytest
import yaml
from prometheus_client import REGISTRY

from services.topology import SERVICES
from services.wiring.definitions import definition_of
from tests.unit.deploy.manifests import DEPLOY, ROOT

OBSERVABILITY = DEPLOY / "observability"
RULES = [
    rule for group in yaml.safe_load((OBSERVABILITY / "alerts.yaml").read_text())["groups"] for rule in group["rules"]
]
ALERTS = {rule["alert"]: rule for rule in RULES}
DASHBOARD = json.loads((OBSERVABILITY / "dashboard.json").read_text())
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
QUERIES = [target["expr"] for panel in PANELS for target in panel["targets"]]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def measured() -> dict[str, set[str]]:
    """Every series that the services can tell of, and its labels."""
    for service in SERVICES:
        definition_of(service.name)
    series: dict[str, set[str]] = {}
    for collector in list(REGISTRY._collector_to_names):
        labels = set(getattr(collector, "_labelnames", ()))
        series |= dict.fromkeys(REGISTRY._collector_to_names[collector], labels)
    return series


@pytest.mark.parametrize("query", [*QUERIES, *(rule["expr"] for rule in RULES)])
def test_what_is_asked_for_is_measured(query: str) -> None:
    known = measured()
    asked = re.findall(r"\b(jingzhun_\w+)", re.sub(r'"[^"]*"', "", query))
    assert asked or "up{" in query
    assert [name for name in asked if name not in known] == []
    grouped = {label.strip() for labels in re.findall(r"by \(([^)]*)\)", query) for label in labels.split(",")}
    for name in asked:
        assert grouped <= known[name] | {"le"}, name


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_says_what_it_means_and_what_to_do(alert: str) -> None:
    rule = ALERTS[alert]
    assert rule["labels"]["severity"] in {"page", "ticket"}
    chinese, english = rule["annotations"]["summary"].split(" · ")
    assert CHINESE.search(chinese)
    assert not CHINESE.search(english)
    assert rule["annotations"]["runbook_url"] == f"docs/operations.md#{alert.lower()}"
    sections = re.split(r"^### ", (ROOT / "docs" / "operations.md").read_text(), flags=re.MULTILINE)
    (section,) = [each for each in sections if each.splitlines()[0] == alert]
    assert "**中**" in section
    assert "**En**" in section


def test_every_alert_is_tested() -> None:
    tests = yaml.safe_load((OBSERVABILITY / "alerts_test.yaml").read_text())["tests"]
    assert {case["alertname"] for test in tests for case in test["alert_rule_test"] if case["exp_alerts"]} == set(
        ALERTS
    )


def test_titles_are_in_both_languages() -> None:
    for panel in DASHBOARD["panels"]:
        chinese, english = panel["title"].split(" · ")
        assert CHINESE.search(chinese)
        assert english.isascii()
