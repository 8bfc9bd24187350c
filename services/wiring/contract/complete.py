"""The merged document made complete: formats, texts, answers and examples, each by its own module."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi.routing import APIRoute

from services.wiring.contract import prose, responses
from services.wiring.contract.catalogue import catalogue
from services.wiring.contract.examples import show_examples
from services.wiring.contract.fields import tell_fields
from services.wiring.contract.formats import FORMATS
from services.wiring.contract.links import add_links
from services.wiring.contract.reach import Reach, reach_of
from services.wiring.contract.shapes import shapes
from services.wiring.definitions import definition_of

Document = dict[str, Any]
_SHARED = ("shared.auth", "shared.database", "shared.http", "shared.peers", "shared.context")


def complete(document: Document, names: Iterable[str]) -> None:
    """In place. ``names``: the services whose routes the document tells of."""
    components = document["components"]
    components["schemas"] |= FORMATS | shapes() | responses.problem_schemas()
    components["headers"] = dict(responses.HEADERS)
    entries = [entry for own in catalogue().values() for entry in own]
    components["examples"] = responses.problem_examples(entries)
    reaches = dict(_reaches(names))
    used = set()
    for item in document["paths"].values():
        for method, operation in item.items():
            operation["tags"] = operation["tags"][-1:]
            used |= set(operation["tags"])
            _answer(method, operation, reaches.get(operation["operationId"], Reach()))
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    components["responses"] = responses.share_responses(operations)
    document["tags"] = prose.tags(used)
    tell_fields(document)
    show_examples(document)
    add_links(document)
    _drop_unused(components, document)


def _answer(method: str, operation: Document, reach: Reach) -> None:
    """What the routes themselves say of their answers is kept: OAuth has errors of its own form."""
    codes = responses.problem_codes(method, operation, reach)
    own: Mapping[str, Document] = operation["responses"]
    for status, answer in own.items():
        if status == "304":
            answer["headers"] = responses.UNCHANGED_HEADERS
        if status < "3":
            answer["headers"] = responses.success_headers(reach, operation, status) | answer.get("headers", {})
        else:
            answer["headers"] = responses.refusal_headers(status) | answer.get("headers", {})
    problems = responses.problem_responses(codes if operation["security"] else codes - _OF_TOKENS)
    operation["responses"] = dict(sorted((problems | dict(own)).items()))
    operation["description"] = prose.describe(operation, codes if operation["security"] else ())


_OF_TOKENS = frozenset({"token-expired", "token-invalid", "token-missing"})


def _reaches(names: Iterable[str]) -> Iterator[tuple[str, Reach]]:
    for name in names:
        prefixes = (f"services.{name}.", *_SHARED)
        routes = [
            route
            for router in definition_of(name).routers
            for route in router.routes
            if isinstance(route, APIRoute) and route.include_in_schema
        ]
        modules = tuple(module for key, module in sorted(sys.modules.items()) if key.startswith(prefixes))
        for route in routes:
            yield route.name, reach_of(route, modules)


def _drop_unused(components: Document, document: Document) -> None:
    """What nothing refers to, of what the document may say in other versions."""
    unused = True
    while unused:
        text = str(document)
        unused = False
        for kind in ("schemas", "responses", "headers", "examples"):
            for name in [name for name in components[kind] if f"#/components/{kind}/{name}'" not in text]:
                del components[kind][name]
                unused = True
