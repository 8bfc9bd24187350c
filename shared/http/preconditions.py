"""ETags: what a caller has seen, whether it is still so, and the refusal to overwrite what was not (RFC 9110 §13)."""

import re
from typing import Annotated

from fastapi import Header

from shared.problems import Problem
from shared.problems.common import PRECONDITION_FAILED, PRECONDITION_REQUIRED

_Header = Annotated[
    str | None, Header(alias="If-Match", description="The ETag of the version that was read", examples=['"3"'])
]

_CONTENT = re.compile(r'"(\d+)\.[0-9a-f]+"')
"""A tag of a version and of what was shown of it: the version alone decides whether it may be overwritten."""


def etag(version: int) -> str:
    return f'"{version}"'


def names_tag(header: str, tag: str, *, weakly: bool = False) -> bool:
    """Whether a list of tags has this one, or is ``*``."""
    tags = {one.strip() for one in header.split(",")}
    if weakly:
        tags, tag = {one.removeprefix("W/") for one in tags}, tag.removeprefix("W/")
    return "*" in tags or tag in tags


class Precondition:
    """``IfMatch`` as a route's parameter; raises ``precondition-required`` where the header is missing."""

    def __init__(self, if_match: _Header = None) -> None:
        if if_match is None:
            raise Problem(PRECONDITION_REQUIRED)
        self._header = if_match

    def require(self, version: int) -> None:
        """Raises ``precondition-failed`` where the caller has seen another version."""
        if not names_tag(_CONTENT.sub(r'"\1"', self._header), etag(version)):
            raise Problem(PRECONDITION_FAILED)
