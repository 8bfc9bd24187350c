"""Citizens' ID numbers (GB 11643): six digits of region, eight of birth, three of order (odd: male), a check digit.

No error raised here repeats a number.
"""

import re
from datetime import date
from typing import Literal

Sex = Literal["male", "female"]

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
ORDERS_A_DAY = 499
"""How many people of one sex, born on one day, a region can number."""

_FORM = re.compile(r"[0-9]{17}[0-9X]")
_BODY = re.compile(r"[0-9]{17}")
_OLD_FORM = re.compile(r"[0-9]{15}")
_REGION = re.compile(r"[0-9]{6}")
_NOWHERE = "000000"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX", "\u200b\ufeff")
_COMPOUND_SURNAME = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|"
    "太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|令狐|百里|呼延|西门|南荣|轩辕"
)


def check_digit(body: str) -> str:
    """The last character that belongs to the first seventeen. Raises ``ValueError``."""
    if _BODY.fullmatch(body) is None:
        raise ValueError("seventeen digits expected")
    return CHECK_DIGITS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True)) % 11]


def normalise(number: str) -> str:
    """The form that is stored and compared: blanks dropped, full width made narrow, X upper, 15 digits made 18.

    What is no ID number comes back merely cleaned: whether it is one, ``is_valid`` tells.
    """
    cleaned = "".join(number.split()).translate(_FULL_WIDTH).upper()
    if _OLD_FORM.fullmatch(cleaned) is None:
        return cleaned
    body = f"{cleaned[:6]}19{cleaned[6:]}"
    return body + check_digit(body)


def is_valid(number: str) -> bool:
    """Whether a normalised number is sound: its form, a region, a day that exists, its check digit."""
    return (
        _FORM.fullmatch(number) is not None
        and number[:6] != _NOWHERE
        and _day(number) is not None
        and check_digit(number[:17]) == number[17]
    )


def birth_date(number: str) -> date:
    """Of a normalised number. Raises ``ValueError``."""
    day = _day(number) if _FORM.fullmatch(number) else None
    if day is None:
        raise ValueError("not an ID number")
    return day


def sex(number: str) -> Sex:
    """Of a normalised number. Raises ``ValueError``."""
    if _FORM.fullmatch(number) is None:
        raise ValueError("not an ID number")
    return "male" if int(number[16]) % 2 else "female"


def mask(number: str) -> str:
    """As notices show it, ``5002**********1234``; nothing at all of what has not eighteen characters."""
    return f"{number[:4]}{'*' * 10}{number[14:]}" if len(number) == 18 else "*" * len(number)


def mask_name(name: str) -> str:
    """The surname and a star for every other character: 张*, 欧阳**. A single character is hidden."""
    shown = 2 if len(name) > 2 and _COMPOUND_SURNAME.match(name) else min(1, len(name) - 1)
    return name[:shown] + "*" * (len(name) - shown) if name else ""


def generate(region: str, birth: date, of_sex: Sex, serial: int) -> str:
    """The number of the ``serial``-th (1 to 499) person of that sex, born there on that day. Raises ``ValueError``."""
    if _REGION.fullmatch(region) is None or region == _NOWHERE:
        raise ValueError("six digits of a region expected")
    if not 1 <= serial <= ORDERS_A_DAY:
        raise ValueError("a serial from 1 to 499 expected")
    order = 2 * serial + (of_sex == "male")
    body = f"{region}{birth.year:04}{birth.month:02}{birth.day:02}{order:03}"
    return body + check_digit(body)


def _day(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
