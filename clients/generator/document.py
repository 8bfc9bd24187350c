"""The OpenAPI document as a generator wants it: operations in order, parameters by place, one good answer each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
Document = Mapping[str, Any]

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
STRUCTURED = {JSON: "json", FORM: "form"}
"""Bodies with fields, and what encodes them in the client."""
STREAM = "text/event-stream"
METHODS = ("get", "post", "put", "patch", "delete")
UNIONS = ("anyOf", "oneOf")
REFERENCE = "#/components/schemas/"
CARRIED = frozenset({"accept-language", "authorization", "idempotency-key", "traceparent", "tracestate"})
"""Headers that a client sends by itself: no arguments of an operation."""


class Unsupported(ValueError):
    """The document says something for which the client has no form."""


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    required: bool
    schema: Schema
    description: str


@dataclass(frozen=True)
class Operation:
    """``bodies`` by media type; ``answer`` is absent where the answer is no JSON."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    keyed: bool
    bodies: Mapping[str, Schema]
    body_required: bool
    answer: Schema | None
    empty: bool

    def at(self, place: str) -> list[Parameter]:
        return [each for each in self.parameters if each.place == place]


def schemas(document: Document) -> Mapping[str, Schema]:
    found: Mapping[str, Schema] = document["components"]["schemas"]
    return found


def referred(schema: Schema) -> str | None:
    """The name of the schema referred to."""
    reference: str | None = schema.get("$ref")
    if reference is None:
        return None
    if not reference.startswith(REFERENCE):
        raise Unsupported(f"a reference to another place than the schemas: {reference}")
    return reference.removeprefix(REFERENCE)


def operations(document: Document) -> Iterator[Operation]:
    """By name. A stream of events is no question with an answer: it is left out."""
    found = [
        _operation(document, path, method, item)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item and STREAM not in _success(document, item[method]).get("content", {})
    ]
    yield from sorted(found, key=lambda operation: operation.name)


def _operation(document: Document, path: str, method: str, item: Mapping[str, Any]) -> Operation:
    told = item[method]
    parameters = [_resolved(document, each) for each in (*item.get("parameters", ()), *told.get("parameters", ()))]
    body = _resolved(document, told.get("requestBody", {}))
    success = _success(document, told)
    content = success.get("content", {})
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        description=told.get("description", "") + ("\n\n将停用 · Deprecated" if told.get("deprecated") else ""),
        parameters=tuple(_parameter(each) for each in parameters if each["name"].lower() not in CARRIED),
        keyed=any(each["name"].lower() == "idempotency-key" for each in parameters),
        bodies={media: value.get("schema", {}) for media, value in body.get("content", {}).items()},
        body_required=body.get("required", False),
        answer=content[JSON].get("schema", {}) if JSON in content else None,
        empty=success["status"] == "204",
    )


def _parameter(told: Mapping[str, Any]) -> Parameter:
    return Parameter(told["name"], told["in"], told.get("required", False), told["schema"], told.get("description", ""))


def _success(document: Document, operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first of the answers that say it went well."""
    statuses = sorted(status for status in operation["responses"] if status.startswith("2"))
    if not statuses:
        raise Unsupported(f"{operation['operationId']} never goes well")
    return {**_resolved(document, operation["responses"][statuses[0]]), "status": statuses[0]}


def _resolved(document: Document, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Parameters, bodies and answers may stand among the components."""
    if "$ref" not in told:
        return told
    found: Any = document
    for part in told["$ref"].removeprefix("#/").split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    resolved: Mapping[str, Any] = found
    return resolved
