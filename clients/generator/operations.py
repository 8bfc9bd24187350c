"""``operations.py`` of the client: a function for every operation of the document."""

import re
from collections.abc import Iterator

from clients.generator.annotations import annotation, is_structure, names_within
from clients.generator.document import STRUCTURED, Document, Operation, Parameter, Unsupported, referred, schemas
from clients.generator.document import operations as operations_of
from clients.generator.texts import docstring

_HEAD = '''"""Every operation of the API, as a request to send: made from its OpenAPI document, see ``make clients``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from jingzhun_client.models import (
    {models},
)
from jingzhun_client.requests import Request, form, json, request
'''
_CURSORS = ("cursor", "after")


def operations(document: Document) -> str:
    functions = [_Function(operation, document).text() for operation in operations_of(document)]
    used = {name for operation in operations_of(document) for name in _models_of(operation)}
    return "\n\n".join([_HEAD.format(models=",\n    ".join(sorted(used))), *functions])


def _models_of(operation: Operation) -> set[str]:
    parameters = [parameter.schema for parameter in operation.parameters]
    return names_within([*parameters, *operation.bodies.values(), operation.answer])


class _Function:
    def __init__(self, operation: Operation, document: Document) -> None:
        self._operation = operation
        self._schemas = schemas(document)

    def text(self) -> str:
        operation = self._operation
        arguments = ", ".join([*self._positional(), *self._named()])
        told = docstring("\n\n".join(filter(None, (operation.summary, operation.description))))
        kind = "type(None)" if operation.empty else self._answer()
        given = ", ".join(
            [f'"{operation.method}"', f'"{operation.path}"', kind, f'name="{operation.name}"', *self._given()]
        )
        head = f"def {operation.name}({arguments}) -> Request[{self._answer()}]:"
        return "\n".join(filter(None, (head, told, f"    return request({given})"))) + "\n"

    def _positional(self) -> Iterator[str]:
        """What the path names, and what is sent."""
        for parameter in self._operation.at("path"):
            yield f"{_name(parameter)}: {annotation(parameter.schema)}"
        yield from self._body_arguments()

    def _body_arguments(self) -> Iterator[str]:
        bodies, absent = self._operation.bodies, "" if self._operation.body_required else " | None = None"
        if (media := self._structured()) is not None:
            yield f"body: {annotation(bodies[media])}{absent}"
        elif bodies:
            yield f"content: bytes{absent}"

    def _structured(self) -> str | None:
        """The media type of a body that has fields."""
        return next((media for media in STRUCTURED if media in self._operation.bodies), None)

    def _named(self) -> Iterator[str]:
        asked = [*self._media_type(), *map(_argument, self._optional())]
        if asked:
            yield "*"
        yield from asked

    def _media_type(self) -> Iterator[str]:
        """An argument where there is a choice."""
        media = [] if self._structured() else list(self._operation.bodies)
        if any("*" in each for each in media):
            yield "media_type: str"
        elif len(media) > 1:
            yield f"media_type: {annotation({'enum': media})}"

    def _optional(self) -> list[Parameter]:
        """Those first that have to be given."""
        asked = [*self._operation.at("query"), *self._operation.at("header")]
        return sorted(asked, key=lambda parameter: not parameter.required)

    def _given(self) -> Iterator[str]:
        for argument, place in (("path", "path"), ("query", "query"), ("headers", "header")):
            if parameters := self._operation.at(place):
                pairs = (f'"{parameter.name}": {_name(parameter)}' for parameter in parameters)
                yield f"{argument}={{{', '.join(pairs)}}}"
        yield from self._sent()
        if self._operation.keyed:
            yield "keyed=True"
        if (cursor := self._cursor()) is not None:
            yield f'cursor="{cursor}"'

    def _sent(self) -> Iterator[str]:
        bodies = self._operation.bodies
        if (structured := self._structured()) is not None:
            yield f"sent={STRUCTURED[structured]}(body)"
        elif bodies:
            media = "media_type" if any(self._media_type()) else f'"{next(iter(bodies))}"'
            yield f"sent=(content, {media})"

    def _answer(self) -> str:
        if self._operation.empty:
            return "None"
        return "bytes" if self._operation.answer is None else annotation(self._operation.answer)

    def _cursor(self) -> str | None:
        """The parameter that leads to the following page."""
        answered = self._schemas.get(referred(self._operation.answer or {}) or "", {})
        pages = is_structure(answered) and {"items", "next"} <= answered["properties"].keys()
        asked = {parameter.name for parameter in self._operation.at("query")}
        found = [name for name in _CURSORS if name in asked]
        return found[0] if pages and found and "limit" in asked else None


def _name(parameter: Parameter) -> str:
    name = re.sub(r"\W", "_", parameter.name).lower()
    if not name.isidentifier():
        raise Unsupported(f"a parameter that is no name: {parameter.name}")
    return name


def _argument(parameter: Parameter) -> str:
    if parameter.required:
        return f"{_name(parameter)}: {annotation(parameter.schema)}"
    return f"{_name(parameter)}: {annotation(parameter.schema, 'None')} = None"
