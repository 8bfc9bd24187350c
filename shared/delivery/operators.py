"""What an operator may do with a dead event: have it tried again, or skip it. The payload is never edited."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from shared.database.transaction import Transaction
from shared.delivery.parking import behind, promote

Action = Literal["replay", "skip"]


class NotDead(LookupError):
    """No dead event by that letter stands in this service."""


@dataclass(frozen=True, slots=True)
class DeadEvent:
    """``behind``: how many events of the key follow once this one is settled."""

    sequence: int
    event_id: UUID
    topic: str
    key: str
    attempts: int
    behind: int


async def replay(transaction: Transaction, letter_id: UUID, decision_id: UUID) -> DeadEvent:
    """Due now, with all its attempts before it; its followers keep their place. Raises ``NotDead``."""
    dead = await _decide(transaction, "replay", letter_id, decision_id)
    await transaction.execute(
        "UPDATE parked SET state = 'waiting', attempts = 0, next_attempt_at = now() WHERE sequence = $1", dead.sequence
    )
    return dead


async def skip(transaction: Transaction, letter_id: UUID, decision_id: UUID) -> DeadEvent:
    """Gone without effect; its followers are tried from now on. Raises ``NotDead``."""
    dead = await _decide(transaction, "skip", letter_id, decision_id)
    await transaction.execute("DELETE FROM parked WHERE sequence = $1", dead.sequence)
    await promote(transaction, (dead.topic, dead.key))
    return dead


async def _decide(transaction: Transaction, action: Action, letter_id: UUID, decision_id: UUID) -> DeadEvent:
    """Lock the dead event and keep the decision. A letter of an earlier death decides nothing."""
    row = await transaction.fetch_row(
        """SELECT sequence, event_id, topic, key, attempts FROM parked
           WHERE letter_id = $1 AND state = 'dead' FOR UPDATE""",
        letter_id,
    )
    if row is None:
        raise NotDead(f"no dead event by the letter {letter_id}")
    followers = await behind(transaction, (row["topic"], row["key"]), row["sequence"])
    await transaction.execute(
        """INSERT INTO parked_decisions (topic, event_id, letter_id, action, decision_id)
           VALUES ($1, $2, $3, $4, $5)""",
        row["topic"],
        row["event_id"],
        letter_id,
        action,
        decision_id,
    )
    return DeadEvent(**dict(row), behind=followers)
