"""The events' document: valid by the official schema, committed as generated, complete in both languages."""

import re
from typing import Any

import orjson
import pytest
from jsonschema import Draft7Validator

from services.commands.specification import documents
from services.gateway.documents import EVENTS
from services.topology import SERVICES, TOPICS
from services.wiring.contract.asyncapi.messages import CLOUD_EVENT, DEAD_LETTER
from services.wiring.contract.asyncapi.who import CONTRACTS
from services.wiring.contract.events_page import PAGE
from services.wiring.migration import ROOT
from shared.bus.kafka.publisher import shard_of
from shared.events import Event
from tests.contract.asyncapi.kept import CHANNELS, DOCUMENT, MESSAGES, Tapped, faults, validator
from tests.contract.examples import envelope_of, example_of

SCHEMA = ROOT / "tests/contract/asyncapi/schema-3.0.0.json"
_BILINGUAL = re.compile(r".*[\u4e00-\u9fff].* · .*[A-Za-z].*", re.DOTALL)
each_event = pytest.mark.parametrize("type_", Event.contracts())


def published(type_: str, example: dict[str, Any]) -> Tapped:
    """The example as it would lie on the topic that bears it."""
    topic = next(address for address, channel in CHANNELS.items() if type_ in channel["messages"])
    key = example["headers"]["ce_partitionkey"]
    shard = shard_of(key.encode(), CHANNELS[topic]["bindings"]["kafka"]["partitions"])
    return Tapped(topic, shard, key, example["headers"], orjson.dumps(example["payload"]))


def broken(tapped: Tapped, **headers: str | None) -> Tapped:
    changed = {**tapped.headers, **headers}
    return tapped._replace(headers={name: value for name, value in changed.items() if value is not None})


def test_it_is_valid_by_the_official_schema() -> None:
    official = Draft7Validator(orjson.loads(SCHEMA.read_bytes()))
    assert [error.json_path for error in official.iter_errors(DOCUMENT)] == []


@pytest.mark.parametrize("place", [EVENTS, PAGE], ids=str)
def test_it_is_what_models_and_topology_say(place: Any) -> None:
    assert (ROOT / place).read_bytes() == documents()[place], "run: make spec"


def test_every_topic_is_a_channel_and_every_event_a_message() -> None:
    topics = {address: channel for address, channel in CHANNELS.items() if "bindings" in channel}
    assert {address: channel["bindings"]["kafka"]["partitions"] for address, channel in topics.items()} == TOPICS
    assert MESSAGES.keys() == Event.contracts().keys() | {DEAD_LETTER, CLOUD_EVENT}
    assert {name for channel in CHANNELS.values() for name in channel["messages"]} == MESSAGES.keys()


def test_every_service_says_what_it_sends_and_receives() -> None:
    expected = {f"{service.name}.send" for service in SERVICES} | {"audit.stream"}
    for consumer in SERVICES:
        for producer in consumer.consumes:
            expected |= {f"{consumer.name}.receive.{producer}", f"{consumer.name}.give-up.{producer}"}
    assert DOCUMENT["operations"].keys() == expected
    assert all(operation["messages"] for operation in DOCUMENT["operations"].values())


@each_event
def test_an_event_is_told_in_both_languages(type_: str) -> None:
    message, model = MESSAGES[type_], Event.contracts()[type_]
    schema = DOCUMENT["components"]["schemas"][model.__name__]
    assert schema["properties"].keys() == set(schema["required"]) == model.model_fields.keys()
    assert not schema["additionalProperties"]
    texts = [
        message["title"],
        message["description"],
        *(field["description"] for field in schema["properties"].values()),
    ]
    assert [text for text in texts if not _BILINGUAL.fullmatch(text)] == []
    for field in schema["properties"].values():
        words = [word for part in field.get("anyOf", [field]) for word in part.get("enum", ())]
        assert set(words) == field.get("x-names", {}).keys()


@each_event
def test_an_example_keeps_the_contract(type_: str) -> None:
    (example,) = MESSAGES[type_]["examples"]
    assert list(faults(published(type_, example))) == []
    assert Event.contracts()[type_].model_validate_json(orjson.dumps(example["payload"]))


def test_every_header_that_an_envelope_has_is_told() -> None:
    golden = envelope_of(example_of(CONTRACTS["jingzhun.identification.household_identified.v1"]))
    absent = {name: "some" for name, value in golden._asdict().items() if value is None}
    headers = golden._replace(**absent).headers()
    schema = DOCUMENT["components"]["schemas"]["EventHeaders"]
    assert headers.keys() == schema["properties"].keys()
    optional = golden._replace(causation_id=None, traceparent=None).headers()
    assert set(schema["required"]) == optional.keys()


def test_the_examples_of_dead_letters_and_of_the_stream_keep_it_too() -> None:
    (letter,), (structured,) = MESSAGES[DEAD_LETTER]["examples"], MESSAGES[CLOUD_EVENT]["examples"]
    tapped = published(DEAD_LETTER, letter)._replace(topic=letter["summary"], shard=0)
    assert list(faults(tapped)) == []
    assert list(validator(orjson.dumps(MESSAGES[CLOUD_EVENT]["payload"])).iter_errors(structured["payload"])) == []


def test_a_message_that_breaks_the_contract_is_found_out() -> None:
    type_ = "jingzhun.identification.household_surveyed.v1"
    whole = published(type_, MESSAGES[type_]["examples"][0])
    payload = MESSAGES[type_]["examples"][0]["payload"]
    other = "03489d7f-922d-5045-88bd-fea6ba39c5e4"
    wrong = {
        "channel": whole._replace(topic="jingzhun.households.v1"),
        "topic": whole._replace(topic="jingzhun.nobody.v1"),
        "partition": whole._replace(shard=(whole.shard + 1) % 8),
        "key": whole._replace(key=other),
        "division": broken(whole, ce_division="5002"),
        "sequence": broken(whole, ce_sequence="0"),
        "trace": broken(whole, ce_traceparent="00-0-0-01"),
        "source": broken(whole, ce_source="/jingzhun/households"),
        "missing": broken(whole, ce_correlationid=None),
        "unknown": broken(whole, ce_name="x"),
        "word": whole._replace(value=orjson.dumps(payload | {"verdict": "perhaps"})),
        "field": whole._replace(value=orjson.dumps(payload | {"income": 3})),
        "id": whole._replace(value=orjson.dumps(payload | {"case_id": "7"})),
        "lacking": whole._replace(value=b"{}"),
    }
    assert [name for name, tapped in wrong.items() if not list(faults(tapped))] == []
