"""What can be wrong at one place of a request: a stable code with its text in Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong at one place of the body: a JSON pointer, a stable code, and both texts."""

    pointer: str
    code: str
    zh: str
    en: str

    def rendered(self, language: str) -> dict[str, str]:
        text = self.zh if language == "zh" else self.en
        return {"pointer": self.pointer, "code": self.code, "detail": text}


@dataclass(frozen=True, slots=True)
class FieldCode:
    code: str
    zh: str
    en: str

    def at(self, pointer: str) -> FieldError:
        """``pointer`` is a JSON pointer within the body, or ``#query/`` and a parameter's name."""
        return FieldError(pointer, self.code, self.zh, self.en)


FIELD_CODES: dict[str, FieldCode] = {}


def define_field(code: str, *, zh: str, en: str) -> FieldCode:
    """Register a code of field errors. A code defined twice is a programming error."""
    if code in FIELD_CODES:
        raise ValueError(f"the field code {code} is defined twice")
    FIELD_CODES[code] = FieldCode(code, zh, en)
    return FIELD_CODES[code]
