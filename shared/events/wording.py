"""How the contracts speak to their readers: in Chinese and in English, of every field and of every word it may hold."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field
from pydantic.fields import FieldInfo

BETWEEN = " · "
NAMES = "x-names"
"""In a field's schema: what its words are called in Chinese."""


def said(zh: str, en: str, names: Mapping[str, str] | None = None, **limits: Any) -> FieldInfo:
    """For use in ``Annotated``: a field's meaning, the Chinese names of its words, its limits."""
    extra: dict[str, Any] = {} if names is None else {"json_schema_extra": {NAMES: dict(names)}}
    field: FieldInfo = Field(description=f"{zh}{BETWEEN}{en}", **extra, **limits)
    return field
