"""The named formats of bodies: each in one form alone."""

from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.http.schemas import AS_NUMBER, Body, Day, Flag, Moment, Omissible, Text

_MOMENT, _DAY, _WHOLE, _FLAG, _TEXT = map(TypeAdapter, (Moment, Day, Annotated[int, AS_NUMBER], Flag, Text))


@pytest.mark.parametrize("text", ["2026-03-02T04:00:00Z", "2026-03-02T12:00:00.5+08:00", "2026-03-02t04:00:00z"])
def test_a_moment(text: str) -> None:
    assert _MOMENT.validate_python(text).tzinfo is not None


@pytest.mark.parametrize(
    "value", [0, 0.5, True, "0.5", "1772424000", "2026-03-02", "2026-03-02T04:00:00", "2026-03-02 04:00:00Z", "now"]
)
def test_no_moment(value: Any) -> None:
    with pytest.raises(ValidationError):
        _MOMENT.validate_python(value)


@pytest.mark.parametrize("value", [0, 86400, True, "0", "86400", "2026-03-02T00:00:00", "2026-02-30", "26-03-02"])
def test_no_day(value: Any) -> None:
    with pytest.raises(ValidationError):
        _DAY.validate_python(value)


def test_a_day() -> None:
    assert _DAY.validate_python("2026-03-02").isoformat() == "2026-03-02"


@pytest.mark.parametrize("value", ["5", 5.5, True, None])
def test_no_whole_number(value: Any) -> None:
    with pytest.raises(ValidationError):
        _WHOLE.validate_python(value)


def test_a_whole_number() -> None:
    assert [_WHOLE.validate_python(value) for value in (5, 5.0)] == [5, 5]


@pytest.mark.parametrize("value", ["true", 1, 0, "yes", None])
def test_neither_true_nor_false(value: Any) -> None:
    with pytest.raises(ValidationError):
        _FLAG.validate_python(value)


@pytest.mark.parametrize("blank", ["", " ", "\u3000\n"])
def test_a_blank_text(blank: str) -> None:
    with pytest.raises(ValidationError):
        _TEXT.validate_python(blank)


class _Changes(Body):
    name: Omissible[Text] = None


def test_what_may_be_left_out_is_never_null() -> None:
    assert _Changes.model_validate({}).name is None
    assert _Changes.model_validate({"name": " a "}).name == "a"
    with pytest.raises(ValidationError):
        _Changes.model_validate({"name": None})
    assert _Changes.model_json_schema()["properties"]["name"]["type"] == "string"
    assert "default" not in _Changes.model_json_schema()["properties"]["name"]
