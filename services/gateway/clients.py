"""API clients: systems with a secret of their own, kept as its hash."""

import asyncio
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe())
"""Compared with where there is no such client, so that the time taken tells nothing."""


@dataclass(frozen=True, slots=True)
class ApiClient:
    id: str
    role: str
    division: str
    scopes: frozenset[str]
    officer_id: UUID | None


async def register(
    connection: Any, client_id: str, *, role: str, division: str, scopes: Iterable[str], officer_id: UUID | None
) -> str:
    """The new client's secret, shown this once. Raises ``asyncpg.UniqueViolationError`` for a known id."""
    secret = secrets.token_urlsafe(32)
    hashed = await asyncio.to_thread(_HASHER.hash, secret)
    await connection.execute(
        """INSERT INTO api_clients (id, secret_hash, role, division, scopes, officer_id)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        client_id,
        hashed,
        role,
        division,
        sorted(scopes),
        officer_id,
    )
    return secret


async def authenticate(connection: Any, client_id: str, secret: str) -> ApiClient | None:
    """The client whose secret this is."""
    row = await connection.fetchrow(
        "SELECT id, secret_hash, role, division, scopes, officer_id FROM api_clients WHERE id = $1", client_id
    )
    right = await asyncio.to_thread(_matches, row["secret_hash"] if row else _NOBODY, secret)
    if row is None or not right:
        return None
    return ApiClient(row["id"], row["role"], row["division"], frozenset(row["scopes"]), row["officer_id"])


def _matches(hashed: str, secret: str) -> bool:
    try:
        return _HASHER.verify(hashed, secret)
    except (VerificationError, InvalidHashError):
        return False
