"""Parked events, in the consumer's own database: a failing one at the head of its lane, those of its key behind it.

Whoever touches a lane locks its head first, so a follower is never left behind without one. Only a head has a
moment of its next attempt; when it goes, the next in line is promoted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.bus.port import Delivery, Message
from shared.database.transaction import Transaction
from shared.delivery.deadletters import Death, announce_death, storable, tell
from shared.delivery.dispatch import Lane, Parcel
from shared.delivery.failure import Failure
from shared.events.delivery import END, DeadLetterSettled
from shared.ids import new_id


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """``letter_id``: of its last death, where an operator has it replayed."""

    sequence: int
    event_id: UUID
    attempts: int
    first_failed_at: datetime | None
    delivery: Delivery
    letter_id: UUID | None = None

    @property
    def lane(self) -> Lane:
        return self.delivery.message.topic, self.delivery.message.key


async def held_lanes(transaction: Transaction, parcels: Sequence[Parcel]) -> set[Lane]:
    """The lanes of these parcels in which something is parked; their heads stay locked to the transaction's end."""
    lanes = sorted({parcel.lane for parcel in parcels})
    rows = await transaction.fetch(
        """SELECT lane.topic, lane.key FROM unnest($1::text[], $2::text[]) AS lane (topic, key)
           CROSS JOIN LATERAL (
               SELECT sequence FROM parked WHERE parked.topic = lane.topic AND parked.key = lane.key
               ORDER BY sequence LIMIT 1 FOR SHARE) AS head""",
        [topic for topic, _ in lanes],
        [key for _, key in lanes],
    )
    return {(row["topic"], row["key"]) for row in rows}


async def set_aside(transaction: Transaction, group: str, aside: Sequence[tuple[Parcel, Failure | None]]) -> None:
    """Park in the order given: heads with their failure, followers without one."""
    if not aside:
        return
    letters = [new_id() if failure is not None and failure.final else None for _, failure in aside]
    rows = [(*_row(*one), letter) for one, letter in zip(aside, letters, strict=True)]
    await transaction.execute(
        """INSERT INTO parked (topic, key, event_id, shard, position, headers, value, published_at,
                               state, attempts, cause, first_failed_at, next_attempt_at, letter_id)
           SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::smallint[], $5::bigint[], $6::jsonb[],
                                $7::bytea[], $8::timestamptz[], $9::text[], $10::int[], $11::text[],
                                $12::timestamptz[], $13::timestamptz[], $14::uuid[])""",
        *map(list, zip(*rows, strict=True)),
    )
    for (parcel, failure), letter_id in zip(aside, letters, strict=True):
        if failure is not None and letter_id is not None:
            announce_death(transaction, group, Death(letter_id, parcel.id, parcel.delivery, failure))


async def claim_due(transaction: Transaction) -> ParkedEvent | None:
    """A head whose next attempt has come, locked; passes over those that another replica tries."""
    row = await transaction.fetch_row(
        """SELECT sequence, event_id, attempts, first_failed_at, letter_id,
                  topic, key, headers, value, shard, position, published_at
           FROM parked WHERE state = 'waiting' AND next_attempt_at <= now()
           ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED"""
    )
    if row is None:
        return None
    message = Message(row["topic"], row["key"], row["headers"], row["value"])
    delivery = Delivery(message, row["shard"], row["position"], row["published_at"])
    history = row["attempts"], row["first_failed_at"]
    return ParkedEvent(row["sequence"], row["event_id"], *history, delivery, row["letter_id"])


async def release(transaction: Transaction, group: str, head: ParkedEvent) -> None:
    """The head is done: the next of its lane is due."""
    await transaction.execute("DELETE FROM parked WHERE sequence = $1", head.sequence)
    await promote(transaction, head.lane)
    if head.letter_id is not None:
        settled = DeadLetterSettled(letter_id=head.letter_id, consumer=group)
        tell(transaction, settled, head.delivery.message.headers, END)


async def promote(transaction: Transaction, lane: Lane) -> None:
    await transaction.execute(
        """UPDATE parked SET next_attempt_at = now() WHERE sequence = (
               SELECT min(sequence) FROM parked WHERE topic = $1 AND key = $2)""",
        *lane,
    )


async def behind(transaction: Transaction, lane: Lane, sequence: int) -> int:
    """How many events of the lane follow this one."""
    count: int = await transaction.fetch_value(
        "SELECT count(*) FROM parked WHERE topic = $1 AND key = $2 AND sequence > $3", *lane, sequence
    )
    return count


async def postpone(transaction: Transaction, group: str, head: ParkedEvent, failure: Failure) -> bool:
    """Keep the failed attempt; False where a rival has tried since, and nothing was kept."""
    letter_id = new_id() if failure.final else head.letter_id
    kept = await transaction.fetch_value(
        """UPDATE parked SET state = $3, attempts = $4, cause = $5, first_failed_at = $6, next_attempt_at = $7,
                             letter_id = $8
           WHERE sequence = $1 AND attempts = $2 AND state = 'waiting' RETURNING sequence""",
        head.sequence,
        head.attempts,
        failure.state,
        failure.attempts,
        failure.cause,
        failure.first_failed_at,
        failure.next_attempt_at,
        letter_id,
    )
    if kept is not None and failure.final and letter_id is not None:
        followers = await behind(transaction, head.lane, head.sequence)
        death = Death(letter_id, head.event_id, head.delivery, failure, followers, head.letter_id)
        announce_death(transaction, group, death)
    return kept is not None


def _row(parcel: Parcel, failure: Failure | None) -> tuple[object, ...]:
    topic, key = parcel.lane
    delivery = parcel.delivery
    place: tuple[UUID, int, int] = (parcel.id, delivery.shard, delivery.position)
    content = (storable(delivery.message.headers), delivery.message.value, delivery.published_at)
    if failure is None:
        return topic, key, *place, *content, "waiting", 0, None, None, None
    history = (failure.attempts, failure.cause, failure.first_failed_at, failure.next_attempt_at)
    return topic, key, *place, *content, failure.state, *history
