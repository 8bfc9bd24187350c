"""The manifests say the same as the topology and the settings: nobody missing, nobody too many, no old name."""

import json
from datetime import timedelta

import pytest

from services.topology import BY_NAME
from services.wiring.assembly import callers_of
from shared.settings import Settings
from tests.unit.deploy.manifests import KUBERNETES, compose, environment, names, resource

NAMES = set(BY_NAME)
ENVIRONMENTS = {
    "compose": {key: str(value) for key, value in compose()["x-program"]["environment"].items()},
    "kubernetes": environment(KUBERNETES / "base" / "settings.env"),
}
COMPOSE_SERVICES = compose()["services"]


@pytest.mark.parametrize("place", ENVIRONMENTS)
def test_settings_are_settings(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {key: value for key, value in ENVIRONMENTS[place].items() if not value.startswith("${")}
    assert {key.removeprefix("JINGZHUN_").lower() for key in ENVIRONMENTS[place]} <= set(Settings.model_fields)
    for key, value in given.items():
        monkeypatch.setenv(key, value)
    settings = Settings()
    assert settings.service_urls == {name: (f"http://{name}:8000",) for name in NAMES}
    assert settings.database_server is not None
    assert "@" in settings.database_server
    assert ":" not in settings.database_server.split("@")[0].removeprefix("postgresql://")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_compose_runs_every_service_on_its_own_secrets(name: str) -> None:
    service = COMPOSE_SERVICES[name]
    assert service["command"] == ["serve", name, "--listen", "8000"]
    handed = {each["target"]: each for each in service["volumes"] if isinstance(each, dict)}
    for target, kind in (("/data/secrets", "secrets"), ("/data/keys", "keys")):
        assert handed[target]["volume"]["subpath"] == f"{name}/{kind}"
        assert handed[target]["read_only"] is True
    assert len(handed) == 2
    assert ("ports" in service) == (name == "gateway")


def test_compose_knows_no_other_service() -> None:
    served = {name for name, service in COMPOSE_SERVICES.items() if service.get("command", [""])[0] == "serve"}
    assert served == NAMES


def test_compose_names_only_what_it_has() -> None:
    """The loader of compose lets a name pass that nothing bears."""
    document = compose()
    for name, service in COMPOSE_SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            assert other in COMPOSE_SERVICES, name
            ends = COMPOSE_SERVICES[other].get("command", [""])[0] in {"secrets", "migrate"}
            assert how["condition"] == ("service_completed_successfully" if ends else "service_healthy")
        volumes = [each["source"] if isinstance(each, dict) else each.split(":")[0] for each in service["volumes"]]
        assert {each for each in volumes if not each.startswith(".")} <= document["volumes"].keys(), name
        assert set(service.get("networks", ())) <= document["networks"].keys(), name


def test_nobody_else_reaches_the_administrators_password() -> None:
    holders = {
        name
        for name, service in COMPOSE_SERVICES.items()
        for each in service["volumes"]
        if isinstance(each, dict) and each["volume"]["subpath"].split("/")[0] in {"migrate", "database"}
    }
    assert holders == {"migrate", "postgres"}


def test_the_broker_keeps_what_is_promised() -> None:
    broker = COMPOSE_SERVICES["kafka"]["environment"]
    kept = timedelta(days=Settings().bus_retention_days)
    assert broker["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    assert timedelta(hours=broker["KAFKA_LOG_RETENTION_HOURS"]) >= kept
    assert timedelta(minutes=broker["KAFKA_OFFSETS_RETENTION_MINUTES"]) > timedelta(
        hours=broker["KAFKA_LOG_RETENTION_HOURS"]
    )
    assert broker["KAFKA_MIN_INSYNC_REPLICAS"] <= broker["KAFKA_DEFAULT_REPLICATION_FACTOR"]
    assert broker["KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE"] == "false"


def test_kubernetes_runs_every_service_and_no_other() -> None:
    assert names("Deployment") == names("Service") == names("PodDisruptionBudget") == NAMES
    for name in NAMES:
        pod = resource("Deployment", name)["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert container["args"] == ["serve", name, "--listen", "8000"]
        sources = json.dumps(pod["volumes"])
        assert f"jingzhun-{name}-passwords" in sources
        assert f"jingzhun-{name}-key" in sources
        assert not [other for other in NAMES - {name} if f"jingzhun-{other}-" in sources]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_who_may_reach_a_service_is_who_asks_it(name: str) -> None:
    policy = resource("NetworkPolicy", name)["spec"]
    assert policy["podSelector"]["matchLabels"] == {"app.kubernetes.io/name": name}
    from_pods = _named([each for rule in policy["ingress"] for each in rule["from"]])
    to_pods = _named([each for rule in policy.get("egress", ()) for each in rule["to"]])
    if name == "gateway":
        assert from_pods == callers_of(name) - {name}
        assert to_pods == NAMES - {name}
    else:
        assert from_pods == callers_of(name)
        assert to_pods == set(BY_NAME[name].asks)
    assert ("Egress" in policy["policyTypes"]) == bool(to_pods)


def test_consumers_grow_no_further_than_their_partitions() -> None:
    for name, topology in BY_NAME.items():
        shares = [BY_NAME[producer].partitions for producer in topology.consumes]
        for replicas in (
            resource("Deployment", name)["spec"]["replicas"],
            COMPOSE_SERVICES[name]["deploy"]["replicas"],
        ):
            assert replicas <= max(shares, default=replicas)


def _named(peers: list[dict]) -> set[str]:
    selectors = [peer["podSelector"] for peer in peers if "podSelector" in peer]
    return {name for each in selectors for expression in each["matchExpressions"] for name in expression["values"]}
