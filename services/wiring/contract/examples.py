"""Examples of every request, answer and parameter: made of the examples of formats and fields, or written by hand.

``texts/examples.json`` holds those that a season really sent and got, and some written by hand: by the name of a
schema, or of an operation with ``.request`` or ``.answer``.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from services.wiring.contract import texts
from services.wiring.contract.formats import Schema

_JSON = "application/json"
_MADE_UP = {"string": "…", "integer": 1, "number": 1, "boolean": True, "null": None}


@cache
def _by_hand() -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((Path(texts.__file__).parent / "examples.json").read_bytes())
    return found


def show_examples(document: dict[str, Any]) -> None:
    """In place, wherever the document speaks JSON and has no example yet."""
    schemas = document["components"]["schemas"]
    for item in document["paths"].values():
        for operation in item.values():
            name = operation["operationId"]
            for parameter in operation.get("parameters", ()):
                parameter.setdefault("example", example(parameter["schema"], schemas))
            for told, media_type, content in _contents(operation):
                if not {"example", "examples"} & content.keys():
                    content["example"] = _shown(f"{name}.{told}", media_type, content["schema"], schemas)


def _contents(operation: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    parts = [("request", operation.get("requestBody", {}))]
    parts += [("answer" if status < "3" else "error", answer) for status, answer in operation["responses"].items()]
    for told, part in parts:
        for media_type, content in part.get("content", {}).items():
            yield told, media_type, content


def _shown(place: str, media_type: str, schema: Schema, schemas: dict[str, Schema]) -> Any:
    kept = _by_hand().get(place)
    return kept if kept is not None and _fits(kept, schema, schemas) else example(schema, schemas)


def _fits(value: Any, schema: Schema, schemas: dict[str, Schema]) -> bool:
    """Whether it has the fields that the schema has by now: an answer kept from before them gives way to a made one."""
    if "$ref" in schema:
        return _fits(value, schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    if "anyOf" in schema:
        return any(_fits(value, part, schemas) for part in schema["anyOf"])
    if isinstance(value, list):
        return all(_fits(each, schema.get("items", {}), schemas) for each in value)
    known = schema.get("properties")
    if not isinstance(value, dict) or known is None:
        return not isinstance(value, dict) or schema.get("type") == "object"
    if not set(schema.get("required", ())) <= value.keys():
        return False
    return all(name in known and _fits(inner, known[name], schemas) for name, inner in value.items())


def example(schema: Schema, schemas: dict[str, Schema]) -> Any:
    """The first of the schema's own examples, or one put together of its parts."""
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("default") is not None:
        return schema["default"]
    if name:
        return _by_hand()[name] if name in _by_hand() else example(schemas[name], schemas)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    for parts in ("anyOf", "oneOf", "allOf"):
        if parts in schema:
            return example(next(part for part in schema[parts] if part.get("type") != "null"), schemas)
    return _of_type(schema, schemas)


def _of_type(schema: Schema, schemas: dict[str, Schema]) -> Any:
    kind = schema["type"][0] if isinstance(schema["type"], list) else schema["type"]
    if kind == "object":
        return _object(schema, schemas)
    if kind == "array":
        return [example(schema["items"], schemas) for _ in range(max(1, schema.get("minItems", 0)))]
    least: Any = schema.get("minimum", 0) or _MADE_UP[kind]
    return int(least) if kind == "integer" else least


def _object(schema: Schema, schemas: dict[str, Schema]) -> dict[str, Any]:
    shown = list(schema.get("properties", {}).items())[: schema.get("maxProperties")]
    made = {name: example(inner, schemas) for name, inner in shown}
    further = schema.get("additionalProperties")
    if not made and isinstance(further, dict):
        names = schema.get("propertyNames", {"type": "string"})
        made[example(names, schemas)] = example(further, schemas)
    return made
