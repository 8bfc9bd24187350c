"""What is wrong with a request, field by field, in both languages, without the values."""

from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError

from shared.problems import FieldError

_TEXTS: Mapping[str, tuple[str, str]] = {
    "missing": ("缺少必填项", "The field is required"),
    "extra_forbidden": ("未知字段", "The field is not known"),
    "json_invalid": ("不是有效的 JSON", "Not valid JSON"),
    "string_pattern_mismatch": ("格式不正确", "The form is not right"),
    "string_too_short": ("内容太短", "Too short"),
    "string_too_long": ("内容太长", "Too long"),
    "too_long": ("数量过多", "Too many items"),
    "too_short": ("数量不足", "Too few items"),
    "enum": ("不在允许的取值之内", "Not one of the allowed values"),
    "literal_error": ("不在允许的取值之内", "Not one of the allowed values"),
    "greater_than_equal": ("数值过小", "Too small"),
    "greater_than": ("数值过小", "Too small"),
    "less_than_equal": ("数值过大", "Too large"),
    "less_than": ("数值过大", "Too large"),
    "value_error": ("取值不正确", "The value is not right"),
}
_FALLBACK = ("类型或格式不正确", "The type or form is not right")


def pointer(location: tuple[Any, ...]) -> str:
    """A JSON pointer (RFC 6901) within the body, or ``#`` and the name of a parameter or header."""
    kind, *parts = location
    escaped = [str(part).replace("~", "~0").replace("/", "~1") for part in parts]
    return "".join(f"/{part}" for part in escaped) if kind == "body" else f"#{kind}/{'/'.join(escaped)}"


def field_errors(error: RequestValidationError) -> list[FieldError]:
    found = []
    for entry in list(error.errors())[:100]:
        location = tuple(entry["loc"])
        if entry["type"] == "extra_forbidden":
            location = location[:-1]  # the name of an unknown field was sent by the caller: not echoed
        if entry["type"] == "json_invalid":
            location = ("body",)
        zh, en = _TEXTS.get(entry["type"], _FALLBACK)
        found.append(FieldError(pointer(location), entry["type"].replace("_", "-"), zh, en))
    return found
