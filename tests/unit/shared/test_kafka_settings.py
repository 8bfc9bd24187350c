"""Settings of Kafka that cannot be are refused, named, with what is allowed."""

from pathlib import Path
from typing import Any

import pytest

from services.commands.messages import Failure, explained
from services.commands.options import settings_from
from services.wiring.buses import cluster_of
from shared.bus.port import BusUnavailable, TopicMismatch
from shared.settings import Settings

LOGIN = {"KAFKA_MECHANISM": "SCRAM-SHA-512", "KAFKA_USERNAME": "jingzhun", "KAFKA_PASSWORD": "s3cret"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"BUS": "rabbit"}, ("JINGZHUN_BUS", "postgres or kafka")),
        ({"KAFKA_BOOTSTRAP": "nowhere"}, ("JINGZHUN_KAFKA_BOOTSTRAP", "host:port")),
        ({"KAFKA_PREFIX": "Two Words"}, ("JINGZHUN_KAFKA_PREFIX",)),
        ({"KAFKA_SECURITY": "TLS"}, ("JINGZHUN_KAFKA_SECURITY", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL")),
        ({"KAFKA_SECURITY": "SASL_SSL"}, ("JINGZHUN_KAFKA_MECHANISM", "JINGZHUN_KAFKA_USERNAME")),
        (
            {"KAFKA_SECURITY": "SASL_SSL", "KAFKA_MECHANISM": "PLAIN", "KAFKA_PASSWORD": "s3cret"},
            ("needs JINGZHUN_KAFKA_USERNAME",),
        ),
        (LOGIN, ("needs JINGZHUN_KAFKA_SECURITY=SASL_SSL",)),
        ({"KAFKA_CERTIFICATE": __file__}, ("JINGZHUN_KAFKA_KEY go together",)),
        ({"KAFKA_CA": "/no/such/file"}, ("JINGZHUN_KAFKA_CA", "PEM")),
        ({"KAFKA_IN_SYNC": "2"}, ("JINGZHUN_KAFKA_IN_SYNC=2", "JINGZHUN_KAFKA_REPLICATION=1")),
    ],
)
def test_what_cannot_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], told: tuple[str, ...]
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"JINGZHUN_{name}", value)
    with pytest.raises(Failure) as failure:
        settings_from()
    for each in told:
        assert each in failure.value.en
        assert each in failure.value.zh
    assert "s3cret" not in failure.value.en + failure.value.zh


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    given: dict[str, Any] = {name.lower(): value for name, value in LOGIN.items()}
    settings = Settings(data=tmp_path, bus="kafka", kafka_security="SASL_SSL", **given)
    cluster = cluster_of(settings)
    assert cluster.password == "s3cret"
    assert "s3cret" not in repr(settings) + repr(cluster)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BusUnavailable("Kafka at host:1: KafkaConnectionError"), "Kafka at host:1"),
        (TopicMismatch("a has 1 shards, the topology says 4"), "a has 1 shards, the topology says 4"),
    ],
)
def test_what_the_bus_refuses_is_told_in_both_languages(error: Exception, told: str) -> None:
    with pytest.raises(Failure) as failure, explained():
        raise error
    assert told in failure.value.en
    assert told in failure.value.zh
