"""Citizen identity numbers (GB 11643-1999): 6 digits of region, 8 of birth date, 3 of sequence, 1 check digit.

An identity number is text: the last digit may be X, old ones have 15 digits and no check digit.
"""

import re
from datetime import date
from typing import Literal

Sex = Literal["male", "female"]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
_NEW = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_OLD = re.compile(r"[1-9]\d{14}", re.ASCII)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")
_COMPOUND_SURNAMES = frozenset({"欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯"})


def check_digit(first_seventeen: str) -> str:
    weighted = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_DIGITS[weighted % 11]


def normalise(text: str) -> str:
    """18 digits with an upper-case X: without blanks, from full-width digits, from the 15 digits of old numbers.

    What is not an identity number comes back as it is, only tidied.
    """
    tidy = "".join(text.split()).translate(_FULL_WIDTH).upper()
    if _OLD.fullmatch(tidy):
        longer = f"{tidy[:6]}19{tidy[6:]}"
        return longer + check_digit(longer)
    return tidy


def is_valid(number: str) -> bool:
    """Form, a birth date that exists and is not to come, and the check digit; ``number`` is normal already."""
    if not _NEW.fullmatch(number) or number[17] != check_digit(number[:17]):
        return False
    try:
        return date(1850, 1, 1) <= birth_date(number)
    except ValueError:
        return False


def birth_date(number: str) -> date:
    """Raises ``ValueError`` where there is no such day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex(number: str) -> Sex:
    """An odd sequence is a man's."""
    return "male" if int(number[16]) % 2 else "female"


def old_form(number: str) -> str | None:
    """The 15 digits of a person born in the 1900s; None for others."""
    return number[:6] + number[8:17] if number[6:8] == "19" else None


def generate(region: str, birth: date, sex_: Sex, serial: int) -> str:
    """The number of the ``serial``-th (0–499) boy or girl registered in the region on that day."""
    sequence = serial * 2 + (sex_ == "male")
    first_seventeen = f"{region}{birth:%Y%m%d}{sequence:03d}"
    return first_seventeen + check_digit(first_seventeen)


def mask(number: str) -> str:
    """``5002**********1234``: the first and last four stay."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}" if len(number) > 8 else "*" * len(number)


def mask_name(name: str) -> str:
    """张*: the family name stays."""
    kept = 2 if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else 1
    return name[:kept] + "*" * max(1, len(name) - kept)
