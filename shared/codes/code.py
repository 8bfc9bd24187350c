"""What a code is: a stable English identifier with its name in Chinese and English."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """Base of the code lists. A member is written ``MALE = "male", "男", "Male"`` and is the string ``male``."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member
