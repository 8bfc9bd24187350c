"""Statements over the view and its decisions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from services.audit.conditions import UNPLACED, Conditions
from services.audit.dead_letters.domain import Action, LetterState
from services.audit.domain import wanted
from shared.auth import Principal
from shared.clock import system_now
from shared.database.transaction import Transaction
from shared.ids import new_id

if TYPE_CHECKING:
    from shared.database.transaction import Connection

_LETTER = """SELECT letter.*, decision.id AS decision_id, action, reason, decided_by, decided_at
             FROM dead_letters AS letter LEFT JOIN dead_letter_decisions AS decision ON letter_id = letter.id"""


@dataclass(frozen=True, slots=True)
class Filter:
    """``type`` is a full type or a short name; ``division`` covers what lies in it; the others are exact."""

    consumer: str | None = None
    state: str | None = None
    topic: str | None = None
    type: str | None = None
    division: str | None = None


async def letters(
    connection: "Connection", principal: Principal, asked: Filter, *, after: UUID | None, limit: int
) -> list[asyncpg.Record]:
    """In the order of their ids, which is that of their deaths."""
    conditions = Conditions(limit)
    _within(conditions, principal, asked.division)
    for text, value in (("consumer", asked.consumer), ("state", asked.state), ("topic", asked.topic)):
        if value is not None:
            conditions.add(f"letter.{text} = {{}}", value)
    if after is not None:
        conditions.add("letter.id > {}", after)
    if asked.type is not None:
        name, type_ = wanted(asked.type)
        conditions.add("name = {}", name)
        if type_ is not None:
            conditions.add("type = {}", type_)
    return await connection.fetch(
        f"{_LETTER} WHERE {conditions.text} ORDER BY letter.id LIMIT $1",  # conditions hold placeholders only
        *conditions.arguments,
    )


async def letter(connection: "Connection", principal: Principal, letter_id: UUID) -> asyncpg.Record | None:
    conditions = Conditions(letter_id)
    _within(conditions, principal)
    return await connection.fetchrow(f"{_LETTER} WHERE letter.id = $1 AND {conditions.text}", *conditions.arguments)


async def locked_state(transaction: Transaction, principal: Principal, letter_id: UUID) -> LetterState | None:
    """None where there is none in the caller's area."""
    conditions = Conditions(letter_id)
    _within(conditions, principal)
    state = await transaction.fetch_value(
        f"SELECT state FROM dead_letters WHERE id = $1 AND {conditions.text} FOR UPDATE",  # noqa: S608  # the same
        *conditions.arguments,
    )
    return None if state is None else LetterState(state)


async def keep_decision(
    transaction: Transaction, letter_id: UUID, action: Action, state: LetterState, reason: str, decided_by: str
) -> tuple[UUID, Any]:
    """The decision's id, and the letter in its new state."""
    decision_id = new_id()
    await transaction.execute(
        """INSERT INTO dead_letter_decisions (id, letter_id, action, reason, decided_by, decided_at)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        decision_id,
        letter_id,
        action,
        reason,
        decided_by,
        system_now(),
    )
    await transaction.execute("UPDATE dead_letters SET state = $2 WHERE id = $1", letter_id, state)
    return decision_id, await transaction.fetch_row(f"{_LETTER} WHERE letter.id = $1", letter_id)


def _within(conditions: Conditions, principal: Principal, division: str | None = None) -> None:
    unplaced = division is None and principal.role in UNPLACED
    conditions.within(division or principal.division, unplaced=unplaced)
