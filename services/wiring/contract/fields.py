"""Every field and parameter gets its text in both languages, its named format, and an example."""

import re
from collections.abc import Iterator
from typing import Any

from services.wiring.contract.formats import FORMATS, Schema, format_of, reference
from services.wiring.contract.texts import texts
from shared.codes import CODES, Code

_PARTS = ("anyOf", "oneOf", "allOf")
_KEPT_BESIDE = ("default", "description", "examples")
_BILINGUAL = re.compile(r"(?s).*[\u4e00-\u9fff].*( · |\n).*[A-Za-z].*")
_CHOICE = re.compile(r"\^\(([a-z_]+(?:\|[a-z_]+)*)\)\$")
_SPELT_OUT = frozenset(
    {"enum", "const", "pattern", "format", "$ref", "anyOf", "oneOf", "properties", "minimum", "maximum"}
)


def tell_fields(document: dict[str, Any]) -> None:
    """In place, in all schemas and parameters of the document."""
    for name, schema in document["components"]["schemas"].items():
        _tell_schema(name, schema)
        if format_of(schema) is None:
            schema.pop("title", None)
    for kind in CODES.values():
        if kind.__name__ in document["components"]["schemas"]:
            document["components"]["schemas"][kind.__name__]["description"] = _names(kind)
    for name, operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            _tell_parameter(name, parameter)
        for content in _contents(operation):
            content["schema"] = _tidied(name, content["schema"])


def _names(kind: type[Code]) -> str:
    return "\n".join(f"- `{code.value}` {code.zh} · {code.en}" for code in kind)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in document["paths"].values():
        for operation in item.values():
            yield operation["operationId"], operation


def _contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for told in (operation.get("requestBody", {}), *operation["responses"].values()):
        for content in told.get("content", {}).values():
            if "schema" in content:
                yield content


def _tell_parameter(operation: str, parameter: dict[str, Any]) -> None:
    told = _text(operation, parameter["name"])
    schema = _tidied(operation, parameter["schema"])
    schema.pop("description", None)
    if told is not None:
        schema = _formatted(schema, told.get("format"))
        parameter["description"] = f"{told['zh']} · {told['en']}"
        if "example" in told:
            schema.setdefault("examples", [told["example"]])
    parameter["schema"] = _without_null(schema)


def _without_null(schema: Schema) -> Schema:
    """A parameter that is not given is absent: none is ever null."""
    rest = [part for part in schema.get("anyOf", ()) if part.get("type") != "null"]
    if "anyOf" not in schema or len(rest) != 1:
        return schema
    return {**rest[0], **{name: value for name, value in schema.items() if name != "anyOf"}}


def _tell_schema(owner: str, schema: Schema) -> None:
    if "description" in schema:
        schema["description"] = schema["description"].replace("``", "`")
    for name, inner in schema.get("properties", {}).items():
        told = _text(owner, name)
        tidied = _tidied(owner, inner)
        if told is not None:
            if not is_bilingual(tidied.get("description", "")):  # what tells of itself is what it says
                tidied = _formatted(tidied, told.get("format"))
                tidied["description"] = f"{told['zh']} · {told['en']}"
            if "example" in told and _is_text(tidied):
                tidied.setdefault("examples", [[told["example"]] if tidied.get("type") == "array" else told["example"]])
        schema["properties"][name] = tidied
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            schema[name] = _tidied(owner, schema[name])
    for name in _PARTS:
        if name in schema:
            schema[name] = [_tidied(owner, part) for part in schema[name]]


def is_bilingual(text: str) -> bool:
    return bool(_BILINGUAL.fullmatch(text))


def _text(owner: str, name: str) -> dict[str, str] | None:
    known: dict[str, dict[str, str]] = texts("fields")
    return known.get(f"{owner}.{name}") or known.get(name)


def _tidied(owner: str, schema: Schema) -> Schema:
    """Without the title that only repeats the name, and by reference where it has a named format."""
    schema = dict(schema)
    schema.pop("title", None)
    choice = _CHOICE.fullmatch(schema.get("pattern", ""))
    if choice is not None:
        del schema["pattern"]
        schema["enum"] = choice[1].split("|")
    named = format_of(schema)
    if named is not None:
        return reference(named) | {name: schema[name] for name in _KEPT_BESIDE if name in schema and name != "examples"}
    _tell_schema(owner, schema)
    return schema


def _formatted(schema: Schema, name: str | None) -> Schema:
    """``name`` in the place of a plain string, or of an object that is said nothing about."""
    if name is None:
        return schema
    if _is_plain(schema, name):
        return reference(name) | {kept: schema[kept] for kept in _KEPT_BESIDE if kept in schema}
    if schema.get("type") == "array" and _is_plain(schema["items"], name):
        return schema | {"items": reference(name)}
    if "anyOf" in schema:
        return schema | {"anyOf": [reference(name) if _is_plain(part, name) else part for part in schema["anyOf"]]}
    return schema


def _is_plain(schema: Schema, name: str) -> bool:
    """Whether the format says more than the schema, and nothing else."""
    if schema.get("$ref", "").endswith("/JsonValue") or schema.get("additionalProperties") is True:
        return True
    kind = FORMATS.get(name, {"type": "string"})["type"]
    return schema.get("type") == kind and not _SPELT_OUT & schema.keys()


def _is_text(schema: Schema) -> bool:
    parts = [schema, *schema.get("anyOf", ()), schema.get("items", {})]
    return any(part.get("type") == "string" and not _SPELT_OUT & part.keys() for part in parts)
