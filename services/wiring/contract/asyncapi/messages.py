"""Every event as a message: its headers, its payload, and its golden as the example."""

import inspect
from typing import Any

from services.wiring.contract.asyncapi.headers import OPTIONAL, event_headers, letter_headers
from services.wiring.contract.asyncapi.who import CONTRACTS, publishers_of
from shared.bus.topics import dead_letter_topic
from shared.events import Event
from shared.events.base import MEDIA_TYPE
from shared.events.goldens import golden_of
from shared.events.titles import TEXTS
from shared.events.wording import BETWEEN

Document = dict[str, Any]
BINDING = "0.5.0"
DEAD_LETTER, CLOUD_EVENT, EVENT_HEADERS, LETTER_HEADERS = "DeadLetter", "CloudEvent", "EventHeaders", "LetterHeaders"
_KEY = {
    "type": "string",
    "format": "uuid",
    "description": "与 ce_partitionkey 相同；同键有序 · Equals ce_partitionkey; what has one key comes in order",
}


def messages() -> Document:
    return {type_: _message(model) for type_, model in CONTRACTS.items()} | {
        DEAD_LETTER: _dead_letter(),
        CLOUD_EVENT: _structured(),
    }


def schemas() -> Document:
    payloads = {model.__name__: payload_of(model) for model in CONTRACTS.values()}
    return {EVENT_HEADERS: event_headers(), LETTER_HEADERS: letter_headers(), **dict(sorted(payloads.items()))}


def title_of(model: type[Event]) -> str:
    text = TEXTS[model.type()]
    return f"{text.zh}{BETWEEN}{text.en}"


def description_of(model: type[Event]) -> str:
    """The model's own words, in both languages."""
    return " ".join(inspect.cleandoc(model.__dict__["__doc__"]).split()).replace("``", "`")


def _message(model: type[Event]) -> Document:
    sources = [f"/jingzhun/{service}" for service in publishers_of(model)]
    own = {"ce_type": {"const": model.type()}, "ce_source": {"enum": sources}}
    return {
        "name": model.type(),
        "title": title_of(model),
        "description": description_of(model),
        "tags": [{"name": model.service()}],
        "contentType": MEDIA_TYPE,
        "correlationId": {"$ref": "#/components/correlationIds/request"},
        "headers": {"allOf": [_schema(EVENT_HEADERS), {"type": "object", "properties": own}]},
        "payload": _schema(model.__name__),
        "bindings": {"kafka": {"key": _KEY, "bindingVersion": BINDING}},
        "examples": [_example(model, sources)],
    }


def payload_of(model: type[Event]) -> Document:
    schema = model.model_json_schema(mode="serialization")
    schema["description"] = description_of(model)
    for field in schema["properties"].values():
        del field["title"]
    return schema


def _example(model: type[Event], sources: list[str]) -> Document:
    """The golden as it goes over Kafka. One that every consumer tells is shown as its ``consumer`` tells it."""
    attributes = golden_of(model)
    payload, media_type = attributes.pop("data"), attributes.pop("datacontenttype")
    if attributes["source"] not in sources:
        attributes["source"] = f"/jingzhun/{payload['consumer']}"
    headers = {"content-type": media_type} | {f"ce_{name}": str(value) for name, value in attributes.items()}
    return {"name": model.__name__, "summary": title_of(model), "headers": headers, "payload": payload}


def _dead_letter() -> Document:
    example = _example(CONTRACTS["jingzhun.identification.household_identified.v1"], ["/jingzhun/identification"])
    told = golden_of(CONTRACTS["jingzhun.delivery.event_dead_lettered.v1"])["data"]
    headers = {
        "kafka_dlt-id": told["letter_id"],
        "kafka_dlt-original-topic": told["topic"],
        "kafka_dlt-original-partition": "5",
        "kafka_dlt-original-offset": "1816",
        "kafka_dlt-original-timestamp": "1467361800000",
        "kafka_dlt-original-consumer-group": told["consumer"],
        "kafka_dlt-exception-fqcn": told["cause"],
        "kafka_dlt-attempts": str(told["attempts"]),
        "kafka_dlt-first-failed-at": told["first_failed_at"],
    }
    topic = dead_letter_topic(told["topic"], told["consumer"])
    return {
        "name": DEAD_LETTER,
        "title": "死信 · A dead letter",
        "description": (
            "消费者放弃的消息，键、头和内容与收到时一字不差；另有 event_dead_lettered 事件告知 · "
            "A message that a consumer gave up: key, headers and value as received. "
            "Beside it the event event_dead_lettered tells of it."
        ),
        "headers": _schema(LETTER_HEADERS),
        "payload": {"description": "与收到时相同，可为任何内容 · As received: it may be anything"},
        "bindings": {"kafka": {"key": {"type": "string"}, "bindingVersion": BINDING}},
        "examples": [{**example, "name": DEAD_LETTER, "summary": topic, "headers": example["headers"] | headers}],
    }


def _structured() -> Document:
    golden = golden_of(CONTRACTS["jingzhun.identification.household_identified.v1"])
    optional = {name.removeprefix("ce_") for name in OPTIONAL}
    attributes = {name.removeprefix("ce_"): schema for name, schema in event_headers()["properties"].items()}
    del attributes["content-type"]
    attributes["sequence"] = {"type": "integer", "minimum": 1, "description": attributes["sequence"]["description"]}
    body = {
        "datacontenttype": {"type": "string"},
        "data": {
            "description": "各事件的内容，见其结构 · The event's payload, by its own schema",
            "oneOf": [_schema(model.__name__) for model in sorted(CONTRACTS.values(), key=lambda one: one.__name__)],
        },
    }
    return {
        "name": CLOUD_EVENT,
        "title": "结构化 JSON 事件 · An event in structured JSON",
        "description": (
            "与总线上同一事件，CloudEvents 结构化 JSON；sequence 为数字 · "
            "The same event as on the bus, in CloudEvents' structured JSON; sequence is a number."
        ),
        "contentType": "application/cloudevents+json",
        "payload": {
            "type": "object",
            "required": [name for name in (*attributes, *body) if name not in optional],
            "properties": attributes | body,
        },
        "examples": [{"name": CLOUD_EVENT, "summary": "HouseholdIdentified", "payload": golden}],
    }


def _schema(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}
