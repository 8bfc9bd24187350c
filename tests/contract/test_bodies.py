"""Whatever callers send is taken as JSON has it: no text for a number, no number for a day, nothing guessed."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

import services
from shared.http.schemas import Body

_WRONG: dict[tuple[str, str | None], list[Any]] = {
    ("integer", None): ["1", True, 1.5],
    ("boolean", None): ["true", 1, 0],
    ("string", "date"): [0, "0", True, "2026-03-02T00:00:00"],
    ("string", "date-time"): [0, "0", 0.5, "2026-03-02", "2026-03-02T00:00:00"],
}
"""By JSON type and format."""


def _bodies(kind: type[Body] = Body) -> Iterator[type[Body]]:
    for each in kind.__subclasses__():
        yield each
        yield from _bodies(each)


def _fields() -> Iterator[tuple[str, TypeAdapter[Any], tuple[str, str | None]]]:
    for module in walk_packages(services.__path__, "services."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            import_module(module.name)
    bodies = {body for body in _bodies() if body.__module__.startswith(("services.", "shared."))}
    for body in sorted(bodies, key=lambda each: (each.__module__, each.__name__)):
        for name, field in body.model_fields.items():
            reader = TypeAdapter(_annotated(field))
            for kind in _kinds(reader.json_schema(mode="validation")):
                yield f"{body.__module__}.{body.__name__}.{name}", reader, kind


def _annotated(field: FieldInfo) -> Any:
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _kinds(schema: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    for part in (schema, *schema.get("anyOf", ())):
        kind = part.get("type"), part.get("format")
        if kind in _WRONG:
            yield kind


_FIELDS = list(_fields())


def test_there_are_such_fields() -> None:
    assert {kind for _, _, kind in _FIELDS} == _WRONG.keys()


@pytest.mark.parametrize(("reader", "kind"), [each[1:] for each in _FIELDS], ids=[each[0] for each in _FIELDS])
def test_a_field_takes_nothing_for_what_it_is_not(reader: TypeAdapter[Any], kind: tuple[str, str | None]) -> None:
    for value in _WRONG[kind]:
        with pytest.raises(ValidationError):
            reader.validate_python(value)
