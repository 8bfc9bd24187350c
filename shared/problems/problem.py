"""A problem raised somewhere, on its way to the caller. It never echoes what was sent."""

from collections.abc import Sequence
from typing import Any

from shared.problems.catalogue import ProblemType
from shared.problems.fields import FieldError


class Problem(Exception):
    """Raised anywhere below a route; rendered as ``application/problem+json``.

    ``members`` are extension members such as ``cases`` (ids) or ``missing_facts``; never personal data.
    """

    def __init__(
        self,
        type_: ProblemType,
        *,
        errors: Sequence[FieldError] = (),
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(type_.code)
        self.type = type_
        self.errors = errors
        self.headers = headers or {}
        self.members = members

    def rendered(self, language: str) -> dict[str, Any]:
        body: dict[str, Any] = self.type.rendered(language)
        if self.errors:
            body["errors"] = [error.rendered(language) for error in self.errors]
        return body | self.members
