"""What a schema says, as a Python annotation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clients.generator.document import Schema, Unsupported, referred

_STRINGS = {"uuid": "UUID", "date": "date", "date-time": "datetime", "binary": "bytes"}
_PLAIN = {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def annotation(schema: Schema, *others: str) -> str:
    """``others``: what the value may be besides. Raises ``Unsupported`` for what is no type of ours."""
    parts = list(dict.fromkeys([*_parts(schema), *others]))
    return "Any" if "Any" in parts else " | ".join(sorted(parts, key=lambda part: part == "None"))


def is_structure(schema: Schema) -> bool:
    """An object whose fields have names."""
    return schema.get("type") == "object" and "properties" in schema


def names_within(schema: Any) -> set[str]:
    """Every schema that is referred to, at any depth."""
    if isinstance(schema, Mapping):
        own = referred(schema) if isinstance(schema.get("$ref"), str) else None
        return {own} if own else names_within(list(schema.values()))
    if isinstance(schema, list):
        return set().union(*(names_within(each) for each in schema))
    return set()


def _parts(schema: Schema) -> Iterator[str]:
    """What the value may be, one after the other."""
    if (name := referred(schema)) is not None:
        yield name
    elif union := schema.get("anyOf") or schema.get("oneOf"):
        for each in union:
            yield from _parts(each)
    elif "allOf" in schema:
        yield from _parts(_only(schema["allOf"]))
    elif "const" in schema:
        yield from _literals([schema["const"]])
    elif "enum" in schema:
        yield from _literals(schema["enum"])
    elif isinstance(kinds := schema.get("type"), list):
        for kind in kinds:
            yield _of_kind({**schema, "type": kind})
    else:
        yield _of_kind(schema) if kinds else "Any"


def _of_kind(schema: Schema) -> str:
    match schema["type"]:
        case "string":
            return _STRINGS.get(schema.get("format", ""), "str")
        case "array":
            return f"list[{annotation(schema.get('items', {}))}]"
        case "object":
            return _mapping(schema)
        case kind if kind in _PLAIN:
            return _PLAIN[kind]
        case kind:
            raise Unsupported(f"a schema of type {kind}")


def _mapping(schema: Schema) -> str:
    if "properties" in schema:
        raise Unsupported(f"an object without a name: {', '.join(schema['properties'])}")
    values = schema.get("additionalProperties", True)
    return f"dict[str, {annotation(values) if isinstance(values, Mapping) else 'Any'}]"


def _only(parts: Sequence[Schema]) -> Schema:
    """Several at once would be a class with several bases."""
    if len(parts) != 1:
        raise Unsupported("several schemas that hold at once")
    return parts[0]


def _literals(values: Sequence[Any]) -> Iterator[str]:
    named = [f'"{value}"' if isinstance(value, str) else repr(value) for value in values if value is not None]
    if named:
        yield f"Literal[{', '.join(named)}]"
    if None in values:
        yield "None"
