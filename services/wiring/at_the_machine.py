"""What is decided at the machine, beside the running system: in the gateway's own database, told by its relay."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.topology import BY_NAME
from services.wiring.servers import existing_server
from services.wiring.system import databases_of
from shared.auth.tokens import GATEWAY
from shared.clock import PolicyClock
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.settings import Settings


@asynccontextmanager
async def gateway_transaction(settings: Settings) -> AsyncIterator[Transaction]:
    dsn = databases_of(settings, existing_server(settings)).dsn(GATEWAY)
    shards = BY_NAME[GATEWAY].outbox_shards
    database = Database(GATEWAY, dsn, PolicyClock(), outbox_shards=shards, connections=2)
    await database.open()
    try:
        async with database.transaction() as transaction:
            yield transaction
    finally:
        await database.close()
