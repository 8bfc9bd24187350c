"""Feeds: lists of what has changed, and the moment from which to ask the next time, so that no change is missed.

Changes are not seen in the order of their times: a transaction that began earlier may commit later. So a list that is
asked with ``updated_after`` answers ``Updated-Until``: before it nothing can come any more, whatever is still open.
Whoever goes on from there (from the first page's, where there are several) sees every change at least once; what
changed about then may come again.
"""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Query, Response

from shared.http.commands import PolicyNow, Read
from shared.http.schemas import Moment

_CLOCKS_APART = timedelta(seconds=2)
"""How far the clocks of the replicas and of the database may be from one another."""
_OLDEST = """
    SELECT coalesce(max(clock_timestamp() - xact_start), interval '0') FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_After = Annotated[Moment | None, Query(description="Only those changed after this moment: `Updated-Until` of before")]


async def _feed(response: Response, connection: Read, now: PolicyNow, updated_after: _After = None) -> datetime | None:
    """Asked before the list is read: a transaction that begins in between changes with a later time."""
    if updated_after is not None:
        oldest: timedelta = await connection.fetchval(_OLDEST)
        response.headers["Updated-Until"] = (now - oldest - _CLOCKS_APART).isoformat()
    return updated_after


UpdatedAfter = Annotated[datetime | None, Depends(_feed)]
"""A list's parameter ``updated_after``."""
