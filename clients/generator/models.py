"""``models.py`` of the client: a class for every object of the document, an alias for every other schema."""

import keyword
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

from clients.generator.annotations import annotation, is_structure, names_within
from clients.generator.document import Document, Schema, Unsupported, operations, schemas
from clients.generator.texts import docstring

Schemas = Mapping[str, Schema]

_HEAD = '''"""What the API takes and answers: made from its OpenAPI document, see ``make clients``.

A field that is ``UNSET`` is not sent, one that is None is sent as null. What an answer holds besides is skipped, and a
code that a later version has added is read as it is.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from jingzhun_client.codes import Literal
'''


def models(document: Document) -> str:
    named = schemas(document)
    structures = {name: schema for name, schema in sorted(named.items()) if is_structure(schema)}
    sent = _reached(named, _bodies(document))
    classes = [_class(name, schema, sent=name in sent) for name, schema in structures.items()]
    aliases = {name: schema for name, schema in sorted(named.items()) if name not in structures}
    return "\n\n".join([_HEAD, *classes, *_aliases(aliases)])


def _bodies(document: Document) -> set[str]:
    bodies = (list(operation.bodies.values()) for operation in operations(document))
    return set().union(*map(names_within, bodies))


def _reached(named: Schemas, names: set[str]) -> set[str]:
    """These, and every schema that they are made of."""
    found, ahead = set[str](), names
    while ahead:
        found |= ahead
        ahead = {inner for name in ahead for inner in names_within(named.get(name))} - found
    return found


def _class(name: str, schema: Schema, *, sent: bool) -> str:
    required = set(schema.get("required", ()))
    lines = [f"class {name}(Struct, frozen=True, kw_only=True):", docstring(schema.get("description", ""))]
    for field, value in schema["properties"].items():
        lines += [_field(field, value, required=field in required, sent=sent), docstring(value.get("description", ""))]
    told = [line for line in lines if line]
    return "\n".join(told if len(told) > 1 else [*told, "    pass"]) + "\n"


def _field(name: str, schema: Schema, *, required: bool, sent: bool) -> str:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise Unsupported(f"a field that is no name: {name}")
    if required:
        return f"    {name}: {annotation(schema)}"
    if sent:
        return f"    {name}: {annotation(schema, 'UnsetType')} = UNSET"
    return f"    {name}: {annotation(schema, 'None')} = None"


def _aliases(aliases: Schemas) -> Iterator[str]:
    """Those first that others are made of; one that is made of itself may hold any JSON."""
    inner = {name: names_within(schema) & aliases.keys() for name, schema in aliases.items()}
    endless = {name for name in aliases if name in _reached(aliases, inner[name])}
    order = TopologicalSorter({name: sorted(inner[name] - endless) for name in aliases if name not in endless})
    for name in [*sorted(endless), *order.static_order()]:
        kind = "Any" if name in endless else annotation(aliases[name])
        told = docstring(aliases[name].get("description", ""), indent="")
        yield f"{name}: TypeAlias = {kind}\n" + (f"{told}\n" if told else "")
