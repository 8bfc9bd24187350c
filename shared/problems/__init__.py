"""Problems as callers meet them (RFC 9457): a stable code, a status, and a title in Chinese and English."""

from shared.problems.catalogue import CATALOGUE, ProblemType, define
from shared.problems.problem import FieldError, Problem

__all__ = ["CATALOGUE", "FieldError", "Problem", "ProblemType", "define"]
