"""What holds no more though it was signed: written with the decision, and told to every service that asks."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends
from pydantic import Field

from shared.auth.keys import LONGEST_TOKEN
from shared.clock import system_now
from shared.database.transaction import Transaction
from shared.http.access import Context, calling_inside
from shared.http.route import Route
from shared.http.schemas import Answer, Body
from shared.problems import Problem
from shared.problems.common import UNAVAILABLE

_SPARED = timedelta(hours=1)
internal = APIRouter(prefix="/internal", route_class=Route, dependencies=[Depends(calling_inside)])


class Known(Body):
    known: Annotated[str, Field(max_length=64)]


class RevokedNames(Answer):
    """``revoked`` is null where the asking service knows this ``version`` already."""

    version: str
    revoked: dict[str, datetime] | None


async def revoke(transaction: Transaction, *names: str, ends: datetime | None = None) -> None:
    """Everything issued under the names until now. ``ends``: when the last of it would have ended anyway."""
    now = system_now()
    await transaction.execute_many(
        """INSERT INTO revocations (name, revoked_at, expires_at) VALUES ($1, $2, $3)
           ON CONFLICT (name) DO UPDATE SET revoked_at = greatest(revocations.revoked_at, excluded.revoked_at),
                                            expires_at = greatest(revocations.expires_at, excluded.expires_at)""",
        [(name, now, ends or now + LONGEST_TOKEN) for name in names],
    )
    await transaction.execute("DELETE FROM revocations WHERE expires_at < $1", now - _SPARED)


@internal.post("/revocations")
async def read_revocations(body: Known, context: Context) -> RevokedNames:
    if not context.database.is_open:
        raise Problem(UNAVAILABLE, headers={"Retry-After": "1"})
    async with context.database.connection() as connection:
        rows = await connection.fetch("SELECT name, revoked_at FROM revocations ORDER BY name")
    revoked: Mapping[str, datetime] = {row["name"]: row["revoked_at"] for row in rows}
    version = hashlib.sha256(orjson.dumps(revoked)).hexdigest()
    return RevokedNames(version=version, revoked=None if version == body.known else dict(revoked))
