"""How callers ask for events: the filters and positions that the archive's routes share."""

from typing import Annotated

from fastapi import Query

from services.audit.interest import Interest
from services.audit.positions import BEGINNING, LATEST, Position, read_position
from services.audit.problems import POSITION_INVALID
from services.audit.reading import PAGE_BYTES, Section, UnknownPosition, section
from shared.context import ServiceContext
from shared.http.schemas import DivisionCode
from shared.problems import Problem

TypeAsked = Annotated[str | None, Query(max_length=200, description="Full type, or the event's short name")]
SubjectAsked = Annotated[str | None, Query(max_length=200, description="The case, household, list or task")]
DivisionAsked = Annotated[DivisionCode | None, Query()]
CorrelationAsked = Annotated[str | None, Query(max_length=200, description="All that followed from one request")]


def position_asked(after: str | None) -> Position | None:
    """Null stands for the archive's head. Raises ``position-invalid``."""
    if after == LATEST:
        return None
    try:
        return BEGINNING if after is None else read_position(after)
    except ValueError:
        raise Problem(POSITION_INVALID) from None


async def read_section(
    context: ServiceContext,
    interest: Interest | None,
    after: Position | None,
    limit: int,
    most_bytes: int = PAGE_BYTES,
) -> Section:
    """On a connection of its own. Raises ``position-invalid``."""
    try:
        async with context.database.connection() as connection:
            return await section(connection, interest, after=after, limit=limit, most_bytes=most_bytes)
    except UnknownPosition:
        raise Problem(POSITION_INVALID) from None
