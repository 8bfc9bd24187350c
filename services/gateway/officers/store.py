"""The officers' statements: each decision with what it ends and what it tells."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.gateway.hashing import hash_of, random_password
from services.gateway.officers.domain import INITIAL_PASSWORD_LASTS
from services.gateway.problems import LOGIN_NAME_TAKEN
from services.gateway.revocations import revoke
from shared.auth.revocations import officer_name
from shared.clock import system_now
from shared.codes import OfficerState
from shared.database.transaction import Transaction
from shared.events.gateway import OfficerAppointed
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

LONGEST_NAME = 100


class InitialPassword:
    """Made before the transaction, since hashing takes its time; told once."""

    def __init__(self, password: str, hashed: str, until: datetime) -> None:
        self.password = password
        self.hashed = hashed
        self.until = until

    @classmethod
    async def new(cls) -> "InitialPassword":
        password = random_password()
        return cls(password, await hash_of(password), system_now() + INITIAL_PASSWORD_LASTS)


async def appoint(
    transaction: Transaction,
    *,
    display_name: str,
    login_name: str | None,
    role: str,
    division: str,
    initial: InitialPassword | None,
    by: UUID | None,
) -> UUID:
    """Raises ``login-name-taken``."""
    officer_id, now = new_id(), transaction.now
    row = {
        "id": officer_id,
        "display_name": display_name,
        "login_name": login_name,
        "role": role,
        "division": division,
        "state": OfficerState.ACTIVE.value,
        "password_hash": initial and initial.hashed,
        "initial_until": initial and initial.until,
        "appointed_by": by,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    try:
        await transaction.insert("officers", list(row), [list(row.values())])
    except asyncpg.UniqueViolationError:
        raise Problem(LOGIN_NAME_TAKEN) from None
    transaction.emit(OfficerAppointed(officer_id=officer_id, role=role), division=division, sequence=1)
    return officer_id


async def lock_officer(transaction: Transaction, officer_id: UUID) -> asyncpg.Record:
    """Raises ``not-found``."""
    row = await transaction.fetch_row("SELECT * FROM officers WHERE id = $1 FOR UPDATE", officer_id)
    if row is None:
        raise Problem(NOT_FOUND)
    return row


async def change(transaction: Transaction, row: asyncpg.Record, changes: dict[str, Any]) -> int:
    """The new version. Names of columns come from our code. Raises ``login-name-taken``."""
    changed = changes | {"version": row["version"] + 1, "updated_at": transaction.now}
    places = ", ".join(f"{name} = ${place}" for place, name in enumerate(changed, start=2))
    try:
        await transaction.execute(f"UPDATE officers SET {places} WHERE id = $1", row["id"], *changed.values())  # noqa: S608
    except asyncpg.UniqueViolationError:
        raise Problem(LOGIN_NAME_TAKEN) from None
    version: int = changed["version"]
    return version


async def end_tokens(transaction: Transaction, officer_id: UUID) -> None:
    """Whatever was issued to the officer, or to a system for them, holds no more."""
    await revoke(transaction, officer_name(officer_id))
