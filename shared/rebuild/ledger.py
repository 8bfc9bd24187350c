"""Which events a rebuild has read and applied, held against what the live side has admitted, parked and skipped."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shared.database.transaction import Connection
from shared.delivery.dispatch import Parcel
from shared.rebuild.projection import Projection
from shared.rebuild.shadow import EVENTS_READ


async def keep(connection: "Connection", read: Sequence[Parcel], applied: Sequence[Parcel]) -> None:
    """``read`` are all of a page, the service's business or not; the inbox may know them from an older build."""
    ids = {parcel.id for parcel in applied}
    await connection.execute(
        f"""INSERT INTO {EVENTS_READ} (event_id, applied, published_at)
            SELECT * FROM unnest($1::uuid[], $2::boolean[], $3::timestamptz[]) ON CONFLICT DO NOTHING""",  # noqa: S608
        [parcel.id for parcel in read],
        [parcel.id in ids for parcel in read],
        [parcel.delivery.published_at for parcel in read],
    )


async def unread(connection: "Connection", admitted_by: datetime | None) -> int:
    """How many events the live side has admitted (by that moment) that the archive has not given yet."""
    count: int = await connection.fetchval(
        f"""SELECT count(*) FROM public.inbox
            WHERE ($1::timestamptz IS NULL OR received_at <= $1)
              AND NOT EXISTS (SELECT FROM {EVENTS_READ} AS read WHERE read.event_id = inbox.event_id)""",  # noqa: S608
        admitted_by,
    )
    return count


async def parked(connection: "Connection", projection: Projection) -> int:
    """Events of the projection that the live side holds back."""
    rows = await connection.fetch(
        "SELECT headers->>'ce_type' AS type, count(*) AS events FROM public.parked GROUP BY type"
    )
    return sum(row["events"] for row in rows if projection.concerns(row["type"]))


async def skipped(connection: "Connection") -> set[object]:
    """Ids of the events that an operator left without effect."""
    rows = await connection.fetch("SELECT event_id FROM public.parked_decisions WHERE action = 'skip'")
    return {row["event_id"] for row in rows}


async def applied_though_skipped(connection: "Connection") -> bool:
    found: bool = await connection.fetchval(
        f"""SELECT EXISTS (SELECT FROM public.parked_decisions JOIN {EVENTS_READ} USING (event_id)
                           WHERE action = 'skip' AND applied)"""  # noqa: S608  # the code's own name
    )
    return found


async def admit(connection: "Connection", kept: timedelta) -> int:
    """What the shadow holds and the live side is still to receive is admitted, so that it never takes effect twice.

    What is older than the inbox's memory was received long ago.
    """
    admitted = await connection.fetch(
        f"""INSERT INTO public.inbox (event_id)
            SELECT event_id FROM {EVENTS_READ} WHERE applied AND published_at > now() - $1::interval ORDER BY event_id
            ON CONFLICT DO NOTHING RETURNING event_id""",  # noqa: S608  # the code's own name
        kept,
    )
    return len(admitted)
