"""The AsyncAPI document as people read it: topics, headers, and each event once. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Document = Mapping[str, Any]
_NAMES = "x-names"
_SHAPES = {"uuid": "UUID", "date-time": "RFC 3339", "date": "YYYY-MM-DD"}


class Told(NamedTuple):
    """In Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Item:
    """A header or a field; ``words`` are those it may hold, each with its Chinese name."""

    name: str
    text: Told
    kind: str
    optional: bool
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """``partitions`` is None for what is no topic of the bus."""

    address: str
    title: Told
    text: Told
    partitions: int | None
    takers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event."""

    type: str
    title: Told
    text: Told
    topics: tuple[str, ...]
    takers: tuple[str, ...]
    fields: tuple[Item, ...]
    headers: Mapping[str, str]
    payload: Mapping[str, Any]

    @property
    def owner(self) -> str:
        return self.type.split(".")[1]

    @property
    def name(self) -> str:
        return self.type.split(".")[2]


def told(text: str) -> Told:
    zh, _, en = text.partition(" · ")
    return Told(zh.strip(), en.strip())


def introduction(document: Document) -> Told:
    """Markdown paragraphs, Chinese before English."""
    text: str = document["info"]["description"]
    place = text.index("\n\nEvery event")
    return Told(text[:place].strip(), text[place:].strip())


def owners(document: Document) -> Mapping[str, Told]:
    return {tag["name"]: told(tag["description"]) for tag in document["info"]["tags"]}


def topics(document: Document) -> Iterator[Topic]:
    for name, channel in document["channels"].items():
        partitions = channel.get("bindings", {}).get("kafka", {}).get("partitions")
        takers = tuple(who for who, where, _ in _receiving(document) if where == name)
        yield Topic(channel["address"], told(channel["title"]), told(channel["description"]), partitions, takers)


def headers(document: Document, schema: str) -> Iterator[Item]:
    found = document["components"]["schemas"][schema]
    for name, header in found["properties"].items():
        yield _item(name, header, optional=name not in found["required"])


def kinds(document: Document) -> Iterator[Kind]:
    """Every type of event, in the document's order."""
    taken = list(_receiving(document))
    for type_, message in document["components"]["messages"].items():
        if "contentType" not in message or "headers" not in message:
            continue
        found = [channel for channel in document["channels"].values() if type_ in channel["messages"]]
        schema = document["components"]["schemas"][message["payload"]["$ref"].rpartition("/")[2]]
        (example,) = message["examples"]
        yield Kind(
            type=type_,
            title=told(message["title"]),
            text=told(message["description"]),
            topics=tuple(channel["address"] for channel in found),
            takers=tuple(dict.fromkeys(who for who, _, types in taken if type_ in types)),
            fields=tuple(_item(name, field, optional=False) for name, field in schema["properties"].items()),
            headers=example["headers"],
            payload=example["payload"],
        )


def _receiving(document: Document) -> Iterator[tuple[str, str, frozenset[str]]]:
    """(service, channel, types) of every operation that receives."""
    for name, operation in document["operations"].items():
        if operation["action"] == "receive":
            types = frozenset(_last(message) for message in operation["messages"])
            yield name.partition(".")[0], _last(operation["channel"]), types


def _last(reference: Mapping[str, str]) -> str:
    return reference["$ref"].rpartition("/")[2]


def _item(name: str, schema: Document, *, optional: bool) -> Item:
    names = schema.get(_NAMES, {})
    words = {word: names[word] for word in _words(schema)} if names else {}
    return Item(name, told(schema["description"]), _kind(schema), optional, words)


def _words(schema: Document) -> list[str]:
    """In the order in which they were declared."""
    return [word for part in schema.get("anyOf", [schema]) for word in part.get("enum", ())]


def _kind(schema: Document) -> str:
    if "anyOf" in schema:
        return " | ".join(_kind(each) for each in schema["anyOf"])
    if "const" in schema:
        return f"“{schema['const']}”"
    return _SHAPES.get(schema.get("format", ""), str(schema.get("type", "")))
