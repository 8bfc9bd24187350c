"""What flows through a service: what it has told and has yet to tell, what it has yet to hear and what it gave up."""

from datetime import timedelta

from shared.bus.port import BusUnavailable
from shared.context import ServiceContext
from shared.delivery.gauges import depths_of, lag_by_topic
from shared.http.schemas import Answer

RATED = timedelta(minutes=1)
"""Over which rates are taken."""


class ServiceFlow(Answer):
    """Rates are events a second over the last minute. What the bus alone knows is null where it does not answer.

    ``heads``: where each partition of the service's own topic ends. ``lags``: messages not yet acknowledged, by topic.
    ``handled``: the rate of events whose effects were committed.
    """

    topic: str
    outbox: int
    oldest_seconds: float
    heads: list[int] | None
    published: float | None
    consumes: bool
    members: int | None
    lags: dict[str, int] | None
    handled: float
    parked_keys: int
    dead_letters: int


async def flow_of(context: ServiceContext) -> ServiceFlow:
    """Read from the database and the bus, so that it is the same whichever replica answers."""
    depths = await depths_of(context.database)
    own = f"jingzhun.{context.name}.v1"
    heads: list[int] | None = None
    published: float | None = None
    members: int | None = None
    lags: dict[str, int] | None = None
    try:
        state = (await context.bus.survey([own], RATED))[own]
        heads, published = list(state.heads), state.recent / RATED.total_seconds()
        if context.consumes:
            members = await context.bus.members(context.name)
            lags = dict(await lag_by_topic(context.bus, context.name, context.consumes))
    except BusUnavailable:
        pass
    return ServiceFlow(
        topic=own,
        outbox=depths.outbox,
        oldest_seconds=depths.oldest_seconds,
        heads=heads,
        published=published,
        consumes=bool(context.consumes),
        members=members,
        lags=lags,
        handled=await _handled(context) / RATED.total_seconds(),
        parked_keys=depths.parked_keys,
        dead_letters=depths.dead,
    )


async def _handled(context: ServiceContext) -> int:
    async with context.database.connection() as connection:
        count: int = await connection.fetchval(
            "SELECT count(*) FROM inbox WHERE received_at >= now() - $1::interval", RATED
        )
        return count
