"""Objects that the document describes where they are used get a name of their own, as a class needs one."""

import copy
from collections.abc import Iterator
from typing import Any

from clients.generator.annotations import is_structure
from clients.generator.document import METHODS, REFERENCE, STRUCTURED, UNIONS, Document

_PARTS = {"items": "Item", "additionalProperties": "Value"}


class NameTaken(ValueError):
    """Two objects would go by one name."""


def with_names(document: Document) -> Document:
    """The document with every object among the schemas, and a reference where it stood."""
    named = copy.deepcopy(dict(document))
    schemas: dict[str, Any] = named["components"]["schemas"]
    for name, schema in list(schemas.items()):
        _name_within(schema, name, schemas)
    for content, name in _contents(named):
        for media in content.keys() & STRUCTURED.keys():
            if "schema" in content[media]:
                content[media]["schema"] = _named(content[media]["schema"], name, schemas)
    return named


def _contents(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Bodies and answers, each with the name that an object without one would bear."""
    for item in document["paths"].values():
        for operation in (item[method] for method in METHODS if method in item):
            name = _pascal(operation["operationId"])
            yield operation.get("requestBody", {}).get("content", {}), f"{name}Body"
            for status, answer in operation["responses"].items():
                if status.startswith("2"):
                    yield answer.get("content", {}), f"{name}Answer"


def _named(schema: dict[str, Any], name: str, schemas: dict[str, Any]) -> dict[str, Any]:
    _name_within(schema, name, schemas)
    if not is_structure(schema):
        return schema
    if schemas.setdefault(name, schema) is not schema:
        raise NameTaken(name)
    return {"$ref": f"{REFERENCE}{name}"}


def _name_within(schema: dict[str, Any], name: str, schemas: dict[str, Any]) -> None:
    """A field's object is named by the class and the field."""
    for field, value in schema.get("properties", {}).items():
        schema["properties"][field] = _named(value, name + _pascal(field), schemas)
    for part, suffix in _PARTS.items():
        if isinstance(schema.get(part), dict):
            schema[part] = _named(schema[part], name + suffix, schemas)
    for union in (*UNIONS, "allOf"):
        if union in schema:
            schema[union] = [_named(each, name, schemas) for each in schema[union]]


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
