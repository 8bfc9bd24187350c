"""Where one goes from an answer: the OpenAPI links from whatever names a resource to the operations upon it."""

import re
from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
_PARAMETER = re.compile(r"\{(\w+)\}")
_KNOWN_AS = {"applications": "cases"}
"""What is handed in as the one is from then on the other."""

_SEEN_FROM = {"cases": ("timelines",)}
"""Other collections that have a member of the same name."""

_FIELDS = {
    "household_id": "households",
    "case_id": "cases",
    "comparison_id": "comparisons",
    "publicity_id": "publicities",
}
"""What an answer says of other resources than its own."""

_NAMES = ("id", "digest", "code")
"""Fields by which a resource is named, the first that an answer has."""


def add_links(document: Document) -> None:
    """To every answer that makes, lists or shows a resource."""
    for path, method, operation in _operations(document):
        for status, answer in operation["responses"].items():
            links = dict(_links(document, path, method, answer)) if status.startswith("2") else {}
            links.pop(operation["operationId"], None)
            if links:
                answer["links"] = dict(sorted(links.items()))


def _operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _links(document: Document, path: str, method: str, answer: Document) -> Iterator[tuple[str, Document]]:
    fields, place = _fields(document, answer)
    named = next((name for name in _NAMES if name in fields), None)
    resource = _resource(path, method, place)
    if resource is not None and named is not None:
        for seen in (resource, *_SEEN_FROM.get(resource, ())):
            yield from _to(document, seen, path, f"{place}/{named}")
    for name, other in _FIELDS.items():
        if name in fields and other != resource:
            yield from _to(document, other, path, f"{place}/{name}", only="get")


def _resource(path: str, method: str, place: str) -> str | None:
    """Of which collection the answer names a member: the one that it lists or adds to, or that of the one it shows."""
    *_, before, last = path.split("/")
    if last.startswith("{"):
        return None if before.startswith("{") else before
    return _KNOWN_AS.get(last, last) if method == "post" or place else None


def _to(
    document: Document, resource: str, path: str, pointer: str, only: str | None = None
) -> Iterator[tuple[str, Document]]:
    """The operations on one of the resource, where the first request has named all else that they ask for."""
    known = set(_PARAMETER.findall(path))
    for target, method, operation in _operations(document):
        found = re.search(rf"/{resource}/{{(\w+)}}(?!/{{)", target)
        others = set(_PARAMETER.findall(target)) - {found.group(1)} if found else set()
        if found and others <= known and only in (None, method):
            parameters = {name: f"$request.path.{name}" for name in sorted(others)}
            parameters[found.group(1)] = f"$response.body#{pointer}"
            yield operation["operationId"], {"operationId": operation["operationId"], "parameters": parameters}


def _fields(document: Document, answer: Document) -> tuple[set[str], str]:
    """(the fields of the answer, or of its items; the pointer to the one that has them)"""
    schema = _resolved(document, answer.get("content", {}).get("application/json", {}).get("schema", {}))
    properties = schema.get("properties", {})
    if "items" in properties:
        item = _resolved(document, _resolved(document, properties["items"]).get("items", {}))
        return set(item.get("properties", {})), "/items/0"
    return set(properties), ""


def _resolved(document: Document, schema: Document) -> Document:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Document = document["components"]["schemas"][name] if name else schema
    return found
