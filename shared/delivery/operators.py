"""What an operator may do with a dead event: have it tried again, or skip it. The payload is never edited."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from shared.database.transaction import Transaction
from shared.delivery.parking import promote


class NotDead(LookupError):
    """No dead event by that id stands in this service."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``behind``: how many events of the key follow once this one is settled."""

    action: Literal["replay", "skip"]
    event_id: UUID
    topic: str
    cause: str
    attempts: int
    behind: int


async def replay(transaction: Transaction, event_id: UUID, reason: str) -> Decision:
    """Due now, with all its attempts before it; its followers keep their place. Raises ``NotDead``."""
    decision, _ = await _decide(transaction, "replay", event_id, reason)
    await transaction.execute(
        "UPDATE parked SET state = 'waiting', attempts = 0, next_attempt_at = now() WHERE event_id = $1", event_id
    )
    return decision


async def skip(transaction: Transaction, event_id: UUID, reason: str) -> Decision:
    """Gone without effect; its followers are tried from now on. Raises ``NotDead``."""
    decision, key = await _decide(transaction, "skip", event_id, reason)
    await transaction.execute("DELETE FROM parked WHERE event_id = $1", event_id)
    await promote(transaction, (decision.topic, key))
    return decision


async def _decide(
    transaction: Transaction, action: Literal["replay", "skip"], event_id: UUID, reason: str
) -> tuple[Decision, str]:
    """Lock the dead event and keep the reason. Also returns its key."""
    if not reason.strip():
        raise ValueError("a reason is required")
    row = await transaction.fetch_row(
        "SELECT topic, key, sequence, cause, attempts FROM parked WHERE event_id = $1 AND state = 'dead' FOR UPDATE",
        event_id,
    )
    if row is None:
        raise NotDead(f"no dead event {event_id}")
    behind = await transaction.fetch_value(
        "SELECT count(*) FROM parked WHERE topic = $1 AND key = $2 AND sequence > $3",
        row["topic"],
        row["key"],
        row["sequence"],
    )
    await transaction.execute(
        "INSERT INTO parked_decisions (topic, event_id, action, reason) VALUES ($1, $2, $3, $4)",
        row["topic"],
        event_id,
        action,
        reason,
    )
    return Decision(action, event_id, row["topic"], row["cause"], row["attempts"], behind), row["key"]
