"""The kinds of value that facts and parameters have, and how each is read from JSON.

A reader takes a JSON value and returns a Python value, or raises ``Unreadable`` with a stable code. What was
sent is never repeated in an error: a fact may tell what a household owns.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shared.problems import FieldError, define_field

Value = bool | int | Decimal | date | str
Reader = Callable[[object], Value]
AnyReader = Callable[[object], object]

MONEY_LIMIT = 10**10
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)

_MONEY = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")
_AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_FRACTION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}|/[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Kind(StrEnum):
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"


class Unreadable(Exception):
    """A value that is not of its kind; ``code`` is a key of ``MESSAGES``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


MESSAGES: dict[str, tuple[str, str]] = {
    "boolean-expected": ("应为 true、false 或 null", "Must be true, false or null"),
    "integer-expected": ("应为整数", "Must be a whole number"),
    "number-expected": ("应为十进制数字符串，至多六位小数", "Must be a decimal string with at most six decimals"),
    "fraction-expected": ("应为十进制数或分数字符串，如 2/3", "Must be a decimal or fraction string such as 2/3"),
    "money-expected": (
        "应为以元为单位的字符串，至多两位小数",
        "Must be a decimal string in yuan with at most two decimals",
    ),
    "date-expected": ("应为日期，格式为 YYYY-MM-DD", "Must be a date, written YYYY-MM-DD"),
    "dates-expected": ("应为日期列表，至多 120 项", "Must be a list of at most 120 dates"),
    "choice-unknown": ("不在可选项之内", "Is not one of the choices"),
    "value-negative": ("不得为负", "Must not be negative"),
    "value-out-of-range": ("超出合理范围", "Is out of the sensible range"),
    "object-expected": ("应为对象", "Must be an object"),
    "name-unknown": ("没有这一名称", "There is no such name"),
    "value-missing": ("缺少此项", "Is required"),
}


_CODES = {code: define_field(code, zh=zh, en=en) for code, (zh, en) in MESSAGES.items()}


def field_error(pointer: str, code: str) -> FieldError:
    return _CODES[code].at(pointer)


def pointer_to(pointer: str, name: object) -> str:
    """The JSON pointer of a member; of its parent where the name could itself hold something personal."""
    if isinstance(name, str) and re.fullmatch(r"[a-z_]{1,40}", name):
        return f"{pointer}/{name}"
    return pointer


def boolean(value: object) -> bool:
    if value is True or value is False:
        return value
    raise Unreadable("boolean-expected")


def integer(minimum: int, maximum: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if type(value) is not int:
            raise Unreadable("integer-expected")
        if minimum <= value <= maximum:
            return value
        raise Unreadable("value-negative" if value < 0 <= minimum else "value-out-of-range")

    return read


_WHOLE_YUAN = integer(0, MONEY_LIMIT - 1)


def money(value: object) -> Decimal:
    """Yuan: a string with at most two decimals, or a whole JSON number; a binary fraction is refused."""
    if type(value) is int:
        return Decimal(_WHOLE_YUAN(value))
    if not isinstance(value, str):
        raise Unreadable("money-expected")
    if _MONEY.fullmatch(value):
        return Decimal(value)
    if _AMOUNT.fullmatch(value):
        raise Unreadable("value-negative" if value.startswith("-") else "value-out-of-range")
    raise Unreadable("money-expected")


def number(maximum: int) -> Callable[[object], Decimal]:
    def read(value: object) -> Decimal:
        text = str(value) if type(value) is int and abs(value) < 10**6 else value
        if not isinstance(text, str) or not _NUMBER.fullmatch(text):
            raise Unreadable("number-expected")
        if Decimal(text) > maximum:
            raise Unreadable("value-out-of-range")
        return Decimal(text)

    return read


def fraction(*, zero: bool, one: bool) -> Callable[[object], Fraction]:
    """A share from 0 to 1, exact: ``"2/3"`` or ``"0.5"``; whether the ends are allowed is said by the caller."""

    def read(value: object) -> Fraction:
        text = str(value) if type(value) is int and value in (0, 1) else value
        if not isinstance(text, str) or not _FRACTION.fullmatch(text) or re.search(r"/0+$", text):
            raise Unreadable("fraction-expected")
        share = Fraction(text)
        if 0 < share < 1 or (share == 0 and zero) or (share == 1 and one):
            return share
        raise Unreadable("value-out-of-range")

    return read


def calendar_date(value: object) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise Unreadable("date-expected")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Unreadable("date-expected") from None
    if EARLIEST <= day <= LATEST:
        return day
    raise Unreadable("value-out-of-range")


def choice(choices: Sequence[str]) -> Callable[[object], str]:
    allowed = frozenset(choices)

    def read(value: object) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        raise Unreadable("choice-unknown")

    return read
