"""Problems as callers meet them (RFC 9457): a stable code, a status, and a title in Chinese and English.

Why each comes about and what its caller does about it stands in ``problems.toml`` beside the module that defines it.
"""

from shared.problems.catalogue import CATALOGUE, ProblemType, define
from shared.problems.fields import FIELD_CODES, FieldCode, FieldError, define_field
from shared.problems.problem import Problem

__all__ = [
    "CATALOGUE",
    "FIELD_CODES",
    "FieldCode",
    "FieldError",
    "Problem",
    "ProblemType",
    "define",
    "define_field",
]
