"""A line of an import: a household, or what is wrong with it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from services.households.registry.domain import Fault
from services.households.registry.schemas import ImportedHouseholdBody
from shared.http.characters import holds_nul
from shared.http.validation import code_of, pointer

_NAMED_FAULTS = 20


@dataclass(frozen=True, slots=True)
class LineFault:
    """A stable code at a JSON pointer within the line; never the value."""

    pointer: str
    code: str


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` counts from 1, as an editor shows it."""

    number: int
    body: ImportedHouseholdBody | None
    faults: tuple[LineFault, ...] = ()


def parse(number: int, text: bytes) -> Line:
    try:
        body = ImportedHouseholdBody.model_validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return Line(number, None, tuple(_fault(entry["type"], entry["loc"]) for entry in found[:_NAMED_FAULTS]))
    if holds_nul(text):
        return Line(number, None, (LineFault("", "json-invalid"),))
    return Line(number, body)


def parse_all(first: int, texts: Sequence[bytes]) -> list[Line]:
    """Empty lines are counted, and nothing else is done with them."""
    return [parse(number, text) for number, text in enumerate(texts, first) if text.strip()]


def line_faults(faults: Sequence[Fault]) -> tuple[LineFault, ...]:
    return tuple(LineFault(fault.pointer, fault.type.code) for fault in faults[:_NAMED_FAULTS])


def _fault(type_: str, location: tuple[int | str, ...]) -> LineFault:
    """The name of an unknown field was sent by the caller: it is not repeated."""
    named = location[:-1] if type_ == "extra_forbidden" else location
    return LineFault(pointer(("body", *named)), code_of(type_).code)
