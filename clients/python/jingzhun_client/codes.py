"""Codes: for a type checker one of those that are listed, to a reader whatever a later version has added."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

__all__ = ["Literal"]

if TYPE_CHECKING:
    from typing import Literal
else:

    class Literal:
        """Any value of the same kind passes."""

        def __class_getitem__(cls, codes: Any) -> Any:
            return reduce(or_, map(type, codes if isinstance(codes, tuple) else (codes,)))
