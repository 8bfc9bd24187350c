"""Whether a message keeps the committed AsyncAPI contract: its channel, its key, its headers, its payload."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from zlib import crc32

import orjson
from jsonschema import Draft7Validator, FormatChecker

from services.gateway.documents import EVENTS
from services.wiring.contract.asyncapi.messages import DEAD_LETTER
from services.wiring.migration import ROOT

DOCUMENT: dict[str, Any] = orjson.loads((ROOT / EVENTS).read_bytes())
CHANNELS: dict[str, dict[str, Any]] = {channel["address"]: channel for channel in DOCUMENT["channels"].values()}
MESSAGES: dict[str, dict[str, Any]] = DOCUMENT["components"]["messages"]


class Tapped(NamedTuple):
    """As it lies on the bus; ``shard`` is its partition."""

    topic: str
    shard: int
    key: str
    headers: Mapping[str, str]
    value: bytes


def faults(message: Tapped) -> Iterator[str]:
    """What breaks the contract; nothing of the content is quoted."""
    channel = CHANNELS.get(message.topic)
    if channel is None:
        yield "not a channel"
        return
    name = DEAD_LETTER if DEAD_LETTER in channel["messages"] else message.headers.get("ce_type", "")
    if name not in channel["messages"]:
        yield f"{name} is none of the channel's messages"
        return
    if message.shard != crc32(message.key.encode()) % channel["bindings"]["kafka"]["partitions"]:
        yield "not the key's partition"
    yield from _wrong("key", MESSAGES[name]["bindings"]["kafka"]["key"], message.key)
    yield from _wrong("headers", MESSAGES[name]["headers"], dict(message.headers))
    if name != DEAD_LETTER:
        if message.key != message.headers.get("ce_partitionkey"):
            yield "the key is not ce_partitionkey"
        if unknown := message.headers.keys() - DOCUMENT["components"]["schemas"]["EventHeaders"]["properties"].keys():
            yield f"headers of no contract: {sorted(unknown)}"
        yield from _wrong("payload", MESSAGES[name]["payload"], orjson.loads(message.value))


def _wrong(what: str, schema: Mapping[str, Any], value: Any) -> Iterator[str]:
    for error in validator(orjson.dumps(schema)).iter_errors(value):
        yield f"{what} {error.json_path}: {error.validator}"


@cache
def validator(schema: bytes) -> Draft7Validator:
    """Of a part of the document, whose references lead into the document."""
    whole = {**orjson.loads(schema), "components": DOCUMENT["components"]}
    return Draft7Validator(whole, format_checker=FormatChecker(("uuid", "date", "date-time")))
