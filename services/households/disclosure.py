"""Personal data leave this service for a stated purpose only, and the record of it is committed before they do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from shared.auth import Principal
from shared.context import ServiceContext
from shared.database.transaction import Transaction
from shared.events.households import PersonalDataAccessed, Purpose
from shared.ids import new_id

if TYPE_CHECKING:
    from shared.database.transaction import Connection

PurposeOfAccess = Annotated[
    Purpose | None, Query(description="Why the unmasked data are needed; masked data where it is absent")
]


def record_access(transaction: Transaction, *, by: str, division: str, purpose: Purpose, households: int) -> None:
    event = PersonalDataAccessed(access_id=new_id(), accessed_by=by, purpose=purpose, households=households)
    transaction.emit(event, division=division, sequence=1)


@asynccontextmanager
async def reading_for(
    context: ServiceContext, principal: Principal, purpose: Purpose | None
) -> AsyncIterator["Connection"]:
    """A connection to read one household; for a purpose, the access is recorded where the reading succeeds.

    Raises ``scope-missing`` where a purpose is given without the scope ``households:personal``.
    """
    if purpose is None:
        async with context.database.connection() as connection:
            yield connection
        return
    principal.require_scope("households:personal")
    async with context.database.transaction() as transaction:
        yield transaction.connection
        record_access(transaction, by=principal.subject, division=principal.division, purpose=purpose, households=1)
