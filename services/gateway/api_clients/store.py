"""The clients' statements. A secret is kept as its hash, and shown once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from services.gateway.hashing import hash_of, matches, random_secret
from services.gateway.problems import CLIENT_ID_TAKEN
from services.gateway.revocations import revoke
from shared.auth.revocations import client_name
from shared.clock import system_now
from shared.codes import ClientState
from shared.database.transaction import Transaction
from shared.events.gateway import ApiClientEvent, ApiClientRegistered, ApiClientRevoked, ApiClientSecretRenewed
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

if TYPE_CHECKING:
    from shared.database.transaction import Connection


@dataclass(frozen=True, slots=True)
class ApiClient:
    """A client that has proved itself. ``officer_id``: the one officer it always acts for, if any."""

    id: str
    role: str
    division: str
    scopes: frozenset[str]
    delegated_scopes: frozenset[str]
    officer_id: UUID | None


@dataclass(frozen=True, slots=True)
class Secret:
    """Made before the transaction, since hashing takes its time; told once."""

    text: str
    hashed: str

    @classmethod
    async def new(cls) -> "Secret":
        text = random_secret()
        return cls(text, await hash_of(text))


async def register(
    transaction: Transaction,
    client_id: str,
    secret: Secret,
    *,
    role: str,
    division: str,
    scopes: Iterable[str],
    delegated_scopes: Iterable[str] = (),
    name: str = "",
    officer_id: UUID | None = None,
    by: UUID | None = None,
) -> None:
    """Raises ``client-id-taken``."""
    delegated, now, registration_id = sorted(delegated_scopes), transaction.now, new_id()
    row = {
        "id": client_id,
        "registration_id": registration_id,
        "name": name,
        "secret_hash": secret.hashed,
        "role": role,
        "division": division,
        "scopes": sorted(scopes),
        "delegated_scopes": delegated,
        "officer_id": officer_id,
        "registered_by": by,
        "created_at": now,
        "updated_at": now,
    }
    try:
        await transaction.insert("api_clients", list(row), [list(row.values())])
    except asyncpg.UniqueViolationError:
        raise Problem(CLIENT_ID_TAKEN) from None
    event = ApiClientRegistered(
        registration_id=registration_id, client_id=client_id, role=role, acts_for_officers=bool(delegated)
    )
    transaction.emit(event, division=division, sequence=1)


async def lock_client(transaction: Transaction, client_id: str) -> asyncpg.Record:
    """Raises ``not-found``."""
    row = await transaction.fetch_row("SELECT * FROM api_clients WHERE id = $1 FOR UPDATE", client_id)
    if row is None:
        raise Problem(NOT_FOUND)
    return row


async def renew_secret(transaction: Transaction, row: asyncpg.Record, secret: Secret, grace: timedelta) -> int:
    """The new version. The secret of before holds for ``grace``; the one before that no more."""
    version: int = await transaction.fetch_value(
        """UPDATE api_clients SET previous_hash = secret_hash, previous_until = $3, secret_hash = $2,
             version = version + 1, updated_at = $4
           WHERE id = $1 RETURNING version""",
        row["id"],
        secret.hashed,
        system_now() + grace,
        transaction.now,
    )
    _tell(transaction, row, ApiClientSecretRenewed, version)
    return version


async def end_client(transaction: Transaction, row: asyncpg.Record) -> int:
    """The new version. Its tokens hold no more, and its secrets are forgotten."""
    version: int = await transaction.fetch_value(
        """UPDATE api_clients SET state = $2, secret_hash = '', previous_hash = NULL, previous_until = NULL,
             version = version + 1, updated_at = $3
           WHERE id = $1 RETURNING version""",
        row["id"],
        ClientState.REVOKED,
        transaction.now,
    )
    await revoke(transaction, client_name(row["id"]))
    _tell(transaction, row, ApiClientRevoked, version)
    return version


def _tell(transaction: Transaction, row: asyncpg.Record, told: type[ApiClientEvent], version: int) -> None:
    event = told(registration_id=row["registration_id"], client_id=row["id"])
    transaction.emit(event, division=row["division"], sequence=version)


async def authenticate(connection: "Connection", client_id: str, secret: str) -> ApiClient | None:
    """The client whose secret this is: the present one, or that of before while it still holds."""
    row = await connection.fetchrow("SELECT * FROM api_clients WHERE id = $1", client_id)
    if not await matches(_present(row), secret) and not await _matches_previous(row, secret):
        return None
    if row is None:
        raise AssertionError("no secret is nobody's")
    delegated = frozenset(row["delegated_scopes"])
    return ApiClient(row["id"], row["role"], row["division"], frozenset(row["scopes"]), delegated, row["officer_id"])


def _present(row: Any) -> str | None:
    return row["secret_hash"] if row is not None and row["state"] == ClientState.ACTIVE else None


async def _matches_previous(row: Any, secret: str) -> bool:
    if row is None or row["previous_hash"] is None or row["previous_until"] <= system_now():
        return False
    return await matches(row["previous_hash"], secret)
