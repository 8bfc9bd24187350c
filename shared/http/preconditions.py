"""ETags of what can be edited: its version, and the refusal to overwrite what one has not seen (RFC 9110 §13)."""

from typing import Annotated

from fastapi import Header

from shared.problems import Problem
from shared.problems.common import PRECONDITION_FAILED, PRECONDITION_REQUIRED

_Header = Annotated[
    str | None, Header(alias="If-Match", description="The ETag of the version that was read", examples=['"3"'])
]


def etag(version: int) -> str:
    return f'"{version}"'


class Precondition:
    """``IfMatch`` as a route's parameter; raises ``precondition-required`` where the header is missing."""

    def __init__(self, if_match: _Header = None) -> None:
        if if_match is None:
            raise Problem(PRECONDITION_REQUIRED)
        self._tags = {tag.strip() for tag in if_match.split(",")}

    def require(self, version: int) -> None:
        """Raises ``precondition-failed`` where the caller has seen another version."""
        if "*" not in self._tags and etag(version) not in self._tags:
            raise Problem(PRECONDITION_FAILED)
