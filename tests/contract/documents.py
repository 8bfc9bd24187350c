"""The committed OpenAPI document, and its schemas as something to validate with."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from services.gateway.documents import SPECIFICATION
from services.wiring.migration import ROOT
from services.wiring.specification import operations

DOCUMENT: dict[str, Any] = orjson.loads((ROOT / SPECIFICATION).read_bytes())
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = sorted(operations(DOCUMENT), key=lambda each: each[:2])
_BILINGUAL = re.compile(r"(?s).*[\u4e00-\u9fff].*[A-Za-z]{2}.*")
_URN = "urn:jingzhun:openapi"
_REGISTRY: Registry[Any] = Registry().with_resource(_URN, Resource(DOCUMENT, DRAFT202012))


def is_bilingual(text: str) -> bool:
    return bool(_BILINGUAL.fullmatch(text))


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    """Why the value does not fit, by its place; formats are checked too."""
    validator = Draft202012Validator(
        _absolute(schema), registry=_REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    return [f"/{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(value)]


def _absolute(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: f"{_URN}{inner}" if name == "$ref" else _absolute(inner) for name, inner in value.items()}
    return [_absolute(inner) for inner in value] if isinstance(value, list) else value


def resolved(value: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to, within the document."""
    while "$ref" in value:
        found: Any = DOCUMENT
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(request or status, media type, content) of an operation."""
    parts = [("request", operation.get("requestBody", {})), *operation["responses"].items()]
    for name, part in parts:
        for media_type, content in resolved(part).get("content", {}).items():
            yield name, media_type, content


def schemas_within(schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schema and all that stand in it, each with its place."""
    yield place, schema
    for name, inner in schema.get("properties", {}).items():
        yield from schemas_within(inner, f"{place}.{name}")
    for name in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(name), dict):
            yield from schemas_within(schema[name], f"{place}.{name}")
    for name in ("anyOf", "oneOf", "allOf"):
        for inner in schema.get(name, ()):
            yield from schemas_within(inner, place)
