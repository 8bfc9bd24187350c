"""TLS and a login, against a broker that lets nobody else in."""

from dataclasses import replace
from pathlib import Path

import pytest

from shared.bus.kafka import Cluster, KafkaBus
from shared.bus.port import BusUnavailable, Message
from tests.conformance.kafka import certificates
from tests.conformance.test_port import receive_all
from tests.fixtures.kafka import free_port, own_broker

TOPIC = "secret"
_LISTENERS = """
listeners=PLAINTEXT://127.0.0.1:@PORT@,CONTROLLER://127.0.0.1:@CONTROLLER@,SASL_SSL://127.0.0.1:{port}
advertised.listeners=PLAINTEXT://127.0.0.1:@PORT@,SASL_SSL://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL
ssl.keystore.type=PEM
ssl.keystore.location={keystore}
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
user_jingzhun="s3cret";
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=\
org.apache.kafka.common.security.scram.ScramLoginModule required;
"""
_SCRAM_USER = "--add-scram SCRAM-SHA-512=[name=jingzhun,password=s3cret]"


async def test_only_who_trusts_the_authority_and_knows_the_password_gets_in(tmp_path: Path) -> None:
    made, port = certificates.make(tmp_path), free_port()
    extra = tmp_path / "extra.properties"
    extra.write_text(_LISTENERS.format(port=port, keystore=made.keystore))
    known = Cluster(
        f"127.0.0.1:{port}",
        security="SASL_SSL",
        mechanism="PLAIN",
        username="jingzhun",
        password="s3cret",
        authority=made.authority,
    )
    with own_broker(extra, {"KAFKA_FORMAT": _SCRAM_USER}):
        for mechanism in ("PLAIN", "SCRAM-SHA-512"):
            await _round_trip(replace(known, mechanism=mechanism, prefix=f"{mechanism.lower()}."))
        for stranger in (
            replace(known, password="guessed"),
            replace(known, username="nobody"),
            replace(known, security="SASL_PLAINTEXT"),
            replace(known, security="SSL"),
            replace(known, authority=None),
        ):
            await _is_kept_out(stranger)


async def _round_trip(cluster: Cluster) -> None:
    bus = KafkaBus(cluster)
    await bus.declare({TOPIC: 2})
    await bus.publish([Message(TOPIC, "key", {}, b"told in confidence")])
    async with bus.subscribe("group", [TOPIC]) as subscription:
        (delivery,) = await receive_all(subscription, 1)
    assert delivery.message.value == b"told in confidence"
    await bus.close()


async def _is_kept_out(cluster: Cluster) -> None:
    bus = KafkaBus(cluster)
    with pytest.raises(BusUnavailable, match=cluster.bootstrap):
        await bus.check()
    await bus.close()
