"""The archive: every message of every topic, as it came, at a position of its own; and the views that follow it."""

from collections.abc import Sequence

from services.audit.dead_letters.handlers import follow
from services.audit.domain import read_headers
from shared.bus.port import Delivery
from shared.database.transaction import Transaction
from shared.delivery.deadletters import clean, storable
from shared.delivery.dispatch import identity_of

ARCHIVE_LOCK = 0x61726368


async def receive(transaction: Transaction, deliveries: Sequence[Delivery]) -> None:
    await archive(transaction, deliveries)
    await follow(transaction, deliveries)


async def archive(transaction: Transaction, deliveries: Sequence[Delivery]) -> None:
    """Known, unknown and unreadable alike. What is archived already keeps its position.

    One lock, held until the commit, lets positions appear in their own order: who has seen one has seen all before.
    """
    columns = zip(*map(_row, deliveries), strict=True)
    await transaction.execute("SELECT pg_advisory_xact_lock($1)", ARCHIVE_LOCK)
    await transaction.execute(
        """INSERT INTO archive (position, event_id, type, name, subject, division, sequence, time, correlation_id,
                                causation_id, topic, shard, bus_position, key, headers, value, published_at)
           SELECT (SELECT coalesce(max(position), 0) FROM archive) + row_number() OVER (ORDER BY number),
                  event_id, type, name, subject, division, sequence, time, correlation_id,
                  causation_id, topic, shard, bus_position, key, headers, value, published_at
           FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[],
                       $8::text[], $9::text[], $10::text[], $11::smallint[], $12::bigint[], $13::text[], $14::jsonb[],
                       $15::bytea[], $16::timestamptz[])
             WITH ORDINALITY AS new (event_id, type, name, subject, division, sequence, time, correlation_id,
                                     causation_id, topic, shard, bus_position, key, headers, value, published_at,
                                     number)
           WHERE NOT EXISTS (SELECT FROM archive AS known WHERE known.event_id = new.event_id)""",
        *map(list, columns),
    )
    transaction.tell_readers()


def _row(delivery: Delivery) -> tuple[object, ...]:
    message = delivery.message
    headers = storable(message.headers)
    read = read_headers(headers)
    return (
        identity_of(delivery),
        read.type,
        read.name,
        read.subject,
        read.division,
        read.sequence,
        read.time,
        read.correlation_id,
        read.causation_id,
        message.topic,
        delivery.shard,
        delivery.position,
        clean(message.key),
        headers,
        message.value,
        delivery.published_at,
    )
