"""Bases and named formats of the API's bodies and answers."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from shared.areas import is_division

Item = TypeVar("Item")


class Body(BaseModel):
    """What callers send: unknown fields are refused, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Answer(BaseModel):
    """What we answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _given(value: Any) -> Any:
    if value is None:
        raise ValueError("left out, not null")
    return value


def _never_null(schema: dict[str, Any]) -> None:
    schema.pop("default", None)
    schema |= next(kind for kind in schema.pop("anyOf") if kind != {"type": "null"})


Omissible = Annotated[Item | None, BeforeValidator(_given), Field(json_schema_extra=_never_null)]
"""``name: Omissible[Text] = None``: may be left out, and is never null where it is sent."""


class Page(Answer, Generic[Item]):
    """A page of a keyset-paged list; ``next`` is the cursor of the following page, or null."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    items: list[Item]
    next: str | None = None

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Named for what it holds, as a client's programmer would name it."""
        return f"{params[0].__name__}Page"


class Reference(Answer):
    """The id of what was made."""

    id: UUID


def _division(code: str) -> str:
    if not is_division(code):
        raise ValueError("not a division code")
    return code


DivisionCode = Annotated[
    str,
    StringConstraints(pattern=r"^\d{12}(\d{3})?$"),
    AfterValidator(_division),
    Field(description="Division code of 12 digits, 15 for a villagers' group", examples=["500229001001"]),
]
Digest = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{64}$"),
    Field(description="SHA-256 of an uploaded piece of evidence, in hexadecimal", examples=["0" * 64]),
]
NOT_BLANK = r"[^\s\u0085]"
"""ECMA-262 takes U+0085 for no blank, Unicode and whoever strips it do."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=NOT_BLANK, min_length=1, max_length=500)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=NOT_BLANK, min_length=1, max_length=4000)]


def _number(value: Any) -> Any:
    if isinstance(value, str | bool):
        raise PydanticCustomError("int_type", "not a number")
    return value


AS_NUMBER = BeforeValidator(_number)
"""``Annotated[int, Field(ge=1), AS_NUMBER]``, as JSON Schema has it: 5.0 is whole, a text of digits is a text."""

Flag = Annotated[bool, Strict()]
Count = Annotated[int, Field(ge=0, le=10_000_000), AS_NUMBER]
Money = Annotated[
    Decimal,
    Field(max_digits=14, decimal_places=2),
    PlainSerializer(lambda value: f"{value:.2f}", return_type=str),
]


_DAY = r"\d{4}-\d{2}-\d{2}"
_TIME = r"\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})"


def _written(form: str) -> BeforeValidator:
    """RFC 3339 alone: a number of seconds, or a moment for a day, would be a guess."""
    whole = re.compile(form, re.ASCII)

    def check(value: Any) -> Any:
        if isinstance(value, str) and not whole.fullmatch(value):
            raise ValueError("not in the form of RFC 3339")
        if isinstance(value, int | float):
            raise ValueError("a number")
        return value

    return BeforeValidator(check)


Day = Annotated[date, _written(_DAY)]


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("no such moment in UTC") from None


Moment = Annotated[AwareDatetime, _written(f"{_DAY}[Tt]{_TIME}"), AfterValidator(_in_utc)]
"""A moment that a caller names: with its offset from UTC, which is never guessed."""
