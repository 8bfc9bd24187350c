"""What is wrong with a request, field by field, in both languages, without the values."""

from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError

from shared.problems import FieldCode, FieldError, define_field

_TEXTS: Mapping[str, tuple[str, str]] = {
    "missing": ("缺少必填项", "The field is required"),
    "extra_forbidden": ("未知字段", "The field is not known"),
    "json_invalid": ("不是有效的 JSON", "Not valid JSON"),
    "json_type": ("应为 JSON 文本", "Must be JSON text"),
    "model_type": ("应为对象", "Must be an object"),
    "model_attributes_type": ("应为对象", "Must be an object"),
    "dict_type": ("应为对象", "Must be an object"),
    "list_type": ("应为数组", "Must be an array"),
    "tuple_type": ("应为数组", "Must be an array"),
    "set_type": ("应为数组", "Must be an array"),
    "string_type": ("应为字符串", "Must be a string"),
    "string_unicode": ("不是有效的 Unicode 文本", "Not valid Unicode text"),
    "string_pattern_mismatch": ("格式不正确", "The form is not right"),
    "string_too_short": ("内容太短", "Too short"),
    "string_too_long": ("内容太长", "Too long"),
    "too_long": ("数量过多", "Too many items"),
    "too_short": ("数量不足", "Too few items"),
    "enum": ("不在允许的取值之内", "Not one of the allowed values"),
    "literal_error": ("不在允许的取值之内", "Not one of the allowed values"),
    "union_tag_invalid": ("不在允许的取值之内", "Not one of the allowed values"),
    "union_tag_not_found": ("缺少必填项", "The field is required"),
    "greater_than_equal": ("数值过小", "Too small"),
    "greater_than": ("数值过小", "Too small"),
    "less_than_equal": ("数值过大", "Too large"),
    "less_than": ("数值过大", "Too large"),
    "finite_number": ("应为有限的数值", "Must be a finite number"),
    "bool_type": ("应为 true 或 false", "Must be true or false"),
    "bool_parsing": ("应为 true 或 false", "Must be true or false"),
    "int_type": ("应为整数", "Must be a whole number"),
    "int_parsing": ("应为整数", "Must be a whole number"),
    "int_parsing_size": ("数值过大", "Too large"),
    "int_from_float": ("应为整数", "Must be a whole number"),
    "float_type": ("应为数值", "Must be a number"),
    "float_parsing": ("应为数值", "Must be a number"),
    "decimal_type": ("应为十进制数", "Must be a decimal"),
    "decimal_parsing": ("应为十进制数", "Must be a decimal"),
    "decimal_max_digits": ("位数过多", "Too many digits"),
    "decimal_max_places": ("小数位数过多", "Too many decimals"),
    "decimal_whole_digits": ("整数位数过多", "Too many digits before the point"),
    "date_type": ("应为日期，格式为 YYYY-MM-DD", "Must be a date, written YYYY-MM-DD"),
    "date_parsing": ("应为日期，格式为 YYYY-MM-DD", "Must be a date, written YYYY-MM-DD"),
    "date_from_datetime_parsing": ("应为日期，格式为 YYYY-MM-DD", "Must be a date, written YYYY-MM-DD"),
    "date_from_datetime_inexact": ("应为日期，不带时间", "Must be a date without a time"),
    "datetime_type": ("应为带时区的时间（RFC 3339）", "Must be a moment with its offset (RFC 3339)"),
    "datetime_parsing": ("应为带时区的时间（RFC 3339）", "Must be a moment with its offset (RFC 3339)"),
    "datetime_object_invalid": ("应为带时区的时间（RFC 3339）", "Must be a moment with its offset (RFC 3339)"),
    "datetime_from_date_parsing": ("应为带时区的时间（RFC 3339）", "Must be a moment with its offset (RFC 3339)"),
    "timezone_aware": ("时间须带时区", "The moment needs its offset"),
    "uuid_type": ("应为 UUID", "Must be a UUID"),
    "uuid_parsing": ("应为 UUID", "Must be a UUID"),
    "uuid_version": ("应为 UUID", "Must be a UUID"),
    "url_type": ("应为网址", "Must be a URL"),
    "url_parsing": ("应为网址", "Must be a URL"),
    "url_scheme": ("网址的协议不被接受", "The URL's scheme is not accepted"),
    "url_too_long": ("网址太长", "The URL is too long"),
    "value_error": ("取值不正确", "The value is not right"),
}
"""By the types of pydantic."""
_CODES = {type_: define_field(type_.replace("_", "-"), zh=zh, en=en) for type_, (zh, en) in _TEXTS.items()}


def code_of(type_: str) -> FieldCode:
    """The field code of an error of pydantic; ``value-error`` where there is nothing more exact to say."""
    return _CODES.get(type_, _CODES["value_error"])


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
        found.append(code_of(entry["type"]).at(pointer(location)))
    return found
