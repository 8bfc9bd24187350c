"""The one OpenAPI document: the merge of what the services say of themselves. A clash of names is refused."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from fastapi import FastAPI

from services.wiring.contract.complete import complete
from services.wiring.definitions import definition_of
from services.wiring.migration import ALL
from shared.http.app import VERSION, build_application
from shared.settings import Settings

Document = dict[str, Any]
METHODS = frozenset({"get", "head", "put", "post", "patch", "delete"})
_KEY = "7d9f3c52-7f0e-4a39-9d4e-2f1c8f6b7a10"
_REPLACED = frozenset({"HTTPValidationError", "ValidationError"})
_INFO = {
    "title": "精准识别 · jingzhun",
    "version": VERSION,
    "description": (
        "贫困户精准识别：从申请到公告八个步骤，程序公开，记录可查。\n\n"
        "Targeted poverty alleviation: a household's case in eight steps, decided in public."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


class Clash(ValueError):
    """Two services use one name for different things."""


def specification(names: Iterable[str] = ALL) -> Document:
    documents = {name: _document_of(name) for name in names}
    merged = merge(documents)
    complete(merged, documents)
    return merged


def _document_of(name: str) -> Document:
    definition = definition_of(name)
    application: FastAPI = build_application(name, definition.title, list(definition.routers), Settings())
    return _named_by_title(application.openapi())


def _named_by_title(document: Document) -> Document:
    """A generic's schema goes by its title: programmers read it as a class of their client."""
    schemas: Document = document.get("components", {}).get("schemas", {})
    text = orjson.dumps(document)
    for name in (name for name in schemas if name.endswith("_")):
        text = text.replace(f'/{name}"'.encode(), f'/{schemas[name]["title"]}"'.encode())
        text = text.replace(f'"{name}":'.encode(), f'"{schemas[name]["title"]}":'.encode())
    named: Document = orjson.loads(text)
    return named


def merge(documents: dict[str, Document]) -> Document:
    """Raises ``Clash``."""
    paths: Document = {}
    components: dict[str, Document] = {"schemas": {}, "securitySchemes": {}}
    for service, document in documents.items():
        for path, item in document.get("paths", {}).items():
            _add(paths, path, item, f"the path {path}", service)
        for kind, kept in components.items():
            for name, component in document.get("components", {}).get(kind, {}).items():
                if name not in _REPLACED:
                    _add(kept, name, component, f"the {kind} {name}", service)
    merged: Document = {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": "/"}],
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {kind: dict(sorted(kept.items())) for kind, kept in components.items()},
    }
    _finish(merged)
    return merged


def _add(kept: Document, name: str, value: Any, what: str, service: str) -> None:
    if name in kept and kept[name] != value:
        raise Clash(f"{service} gives {what} another meaning than a service before it")
    kept[name] = value


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """(path, method, operation) of the whole document."""
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield path, method, item[method]


def _finish(merged: Document) -> None:
    seen: set[str] = set()
    for _, method, operation in operations(merged):
        name = operation["operationId"]
        if name in seen:
            raise Clash(f"the operationId {name} is used twice")
        seen.add(name)
        operation["security"] = _security(operation)
        _require_headers(method, operation)
        operation["responses"] = {
            status: answer for status, answer in operation["responses"].items() if not _is_default_422(answer)
        }


def _security(operation: Document) -> list[Document]:
    """One requirement with every scope that the operation names; none where it is public."""
    required = operation.get("security", [])
    scopes = sorted({scope for requirement in required for scope in requirement.get("oauth2", ())})
    return [{"oauth2": scopes}] if required else []


def _require_headers(method: str, operation: Document) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["name"].lower() == "idempotency-key":
            parameter["required"] = method == "post"
            parameter["schema"] = {"type": "string", "minLength": 1, "maxLength": 200, "examples": [_KEY]}
        if parameter["name"].lower() == "if-match":
            parameter["required"] = True


def _is_default_422(answer: Document) -> bool:
    content = answer.get("content", {}).get("application/json", {})
    return bool(content.get("schema", {}).get("$ref", "").endswith("HTTPValidationError"))
