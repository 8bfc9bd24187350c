"""The internal route of audit: the archive as it came, for a service that rebuilds a projection."""

import base64
from typing import Annotated

import asyncpg
import orjson
from fastapi import APIRouter, Depends, Response
from pydantic import Field

from shared.http.access import calling_service
from shared.http.commands import Read
from shared.http.route import Route
from shared.http.schemas import AS_NUMBER, Body

router = APIRouter(prefix="/internal", route_class=Route, dependencies=[Depends(calling_service)])


class ArchiveQuestion(Body):
    """What stands behind the position ``after`` of these topics."""

    topics: Annotated[list[str], Field(min_length=1, max_length=20)]
    after: Annotated[int, Field(ge=0, lt=2**63), AS_NUMBER]
    limit: Annotated[int, Field(ge=1, le=5_000), AS_NUMBER]


@router.post("/archive")
async def ask_archive(question: ArchiveQuestion, connection: Read) -> Response:
    """A line for each message, in the order of the archive: as it was received, ``value`` in base64."""
    rows = await connection.fetch(
        """SELECT position, topic, shard, bus_position, key, headers, value, published_at FROM archive
           WHERE position > $1 AND topic = ANY($2::text[]) ORDER BY position LIMIT $3""",
        question.after,
        question.topics,
        question.limit,
    )
    return Response(b"".join(map(_line, rows)), media_type="application/x-ndjson")


def _line(row: asyncpg.Record) -> bytes:
    line = dict(row) | {"value": base64.b64encode(row["value"]).decode()}
    return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
