"""Division codes and areas: 2+2+2+3+3 digits from province to village, three more for a villagers' group.

Codes are padded with zeros, so containment compares the first digits by the level of the container: a bare
prefix would cover nothing, a stripped one too much (500110 is not 50011x).
"""

import re
from functools import lru_cache

_CODE = re.compile(r"\d{12}(\d{3})?")
LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village", 15: "group"}
_AFTER_NINE = ":"
"""The character that follows the digits in byte order."""
LENGTHS = {name: length for length, name in LEVELS.items()}


def is_division(code: str) -> bool:
    return _CODE.fullmatch(code) is not None


@lru_cache(maxsize=4096)
def significant_digits(code: str) -> int:
    """2, 4, 6, 9, 12 or 15: how many digits name the division; the rest are zeros."""
    for length in sorted(LEVELS):
        if len(code) <= length or not code[length:].strip("0"):
            return length
    return 15


def level(code: str) -> str:
    return LEVELS[significant_digits(code)]


def prefix(code: str) -> str:
    """The digits by which everything inside the division begins."""
    return code[: significant_digits(code)]


def bounds(division: str) -> tuple[str, str]:
    """(first, beyond): a code lies in the division where first ≤ code < beyond, which an index can follow."""
    digits = prefix(division)
    return digits, digits + _AFTER_NINE


def covers(area: str, code: str) -> bool:
    """Whether the division ``code`` lies in ``area`` (or is it)."""
    length = significant_digits(area)
    return len(code) >= length and code[:length] == area[:length] and significant_digits(code) >= length


def ancestor(code: str, level_name: str) -> str:
    """The division of that level that holds ``code``, in 12 digits (15 for a group)."""
    length = LENGTHS[level_name]
    return code if length == 15 else code[:length].ljust(12, "0")
