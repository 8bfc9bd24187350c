"""Objects that nothing in the answer tells apart: together they are any object."""

from typing import Any

from clients.generator.annotations import is_structure
from clients.generator.document import UNIONS, Document, referred, schemas


def told_apart(document: Document) -> Document:
    """The document without unions of which a reader could not say which part it reads."""
    structures = {name for name, schema in schemas(document).items() if is_structure(schema)}
    loosened: Document = _loosened(document, structures)
    return loosened


def _loosened(told: Any, structures: set[str]) -> Any:
    if isinstance(told, list):
        return [_loosened(each, structures) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: _apart(value, structures) if name in UNIONS and isinstance(value, list) else _loosened(value, structures)
        for name, value in told.items()
    }


def _apart(parts: list[Any], structures: set[str]) -> list[Any]:
    objects = [part for part in parts if referred(part) in structures or part.get("type") == "object"]
    if len(objects) < 2:
        return [_loosened(part, structures) for part in parts]
    return [{"type": "object"}, *(part for part in parts if part not in objects)]
