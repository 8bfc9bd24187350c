"""What a database that is away looks like to its clients."""

import asyncpg

OUTAGE: tuple[type[Exception], ...] = (
    OSError,
    asyncpg.InterfaceError,
    # The client's words when the server ends a session between two statements.
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    # This process stood still within a transaction, for longer than the server waits.
    asyncpg.IdleInTransactionSessionTimeoutError,
)
"""The server does not answer, is shutting down or starting up, has no room, or gave us up. Safe to try again."""
