"""A member's hold on its shards: session advisory locks on the subscription's own connection.

A dead member's locks fall with its session. A living one gives a shard up between batches only, when all that
was delivered from it is acknowledged, so no two members ever handle one shard at a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from shared.bus.port import RetentionExceeded, UnknownTopic
from shared.bus.postgres.sharing import Shard, share_of

if TYPE_CHECKING:
    import asyncpg

    from shared.bus.postgres.connection import Connection

log = structlog.get_logger()
CURSOR_LOCK = 0x62757363
MEMBER_LOCK = 0x6275736D


@dataclass(slots=True)
class Cursor:
    """``delivered`` runs ahead of ``acknowledged`` while a batch is being handled."""

    delivered: int
    acknowledged: int


async def living_members(connection: "Connection", group: str) -> dict[int, list[str]]:
    """The topics of each member whose lock is held."""
    rows = await connection.fetch(
        """SELECT members.id, members.topics FROM members
           JOIN pg_locks ON objid::bigint = members.id
           WHERE consumer_group = $1 AND locktype = 'advisory' AND classid = $2 AND granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""",
        group,
        MEMBER_LOCK,
    )
    return {row["id"]: row["topics"] for row in rows}


class Claims:
    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", group: str, topics: tuple[str, ...]) -> None:
        self.held: dict[Shard, Cursor] = {}
        self._connection = connection
        self._group = group
        self._topics = topics
        self._ids: dict[Shard, int] = {}
        self._member = 0

    async def join(self) -> None:
        """Become a member; the dead are struck off. Raises ``UnknownTopic``."""
        async with self._connection.transaction():
            await self._connection.execute(
                """DELETE FROM members WHERE consumer_group = $1 AND id NOT IN (
                       SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = $2)""",
                self._group,
                MEMBER_LOCK,
            )
            self._ids = await self._cursors()
            self._member = await self._connection.fetchval(
                "INSERT INTO members (consumer_group, topics) VALUES ($1, $2) RETURNING id", self._group, self._topics
            )
            await self._connection.execute("SELECT pg_advisory_lock($1, $2)", MEMBER_LOCK, self._member)

    async def leave(self) -> None:
        await self._connection.execute("DELETE FROM members WHERE id = $1", self._member)

    async def balance(self) -> None:
        """Give up what is another's, take what is mine and free. Raises ``RetentionExceeded``."""
        mine = share_of(self._member, await living_members(self._connection, self._group), list(self._ids))
        await self._release(shard for shard in self.held if shard not in mine)
        await self._claim(shard for shard in mine if shard not in self.held)

    def refuse_gap(self, shard: Shard, trimmed: int) -> None:
        """Raises ``RetentionExceeded`` where messages not yet delivered were removed up to ``trimmed``."""
        stopped = self.held[shard].delivered
        if stopped < trimmed:
            raise RetentionExceeded(
                f"group {self._group} stopped at {stopped} of {shard[0]}/{shard[1]},"
                f" the bus keeps messages after {trimmed} only"
            )

    async def acknowledge(self, positions: Mapping[Shard, int]) -> None:
        """Keep the positions; the session that keeps them is the one that holds the locks."""
        known = {shard: position for shard, position in positions.items() if shard in self.held}
        await self._connection.execute(
            """UPDATE cursors SET position = greatest(cursors.position, done.position)
               FROM unnest($1::int[], $2::bigint[]) AS done (id, position) WHERE cursors.id = done.id""",
            [self._ids[shard] for shard in known],
            list(known.values()),
        )
        for shard, position in known.items():
            cursor = self.held[shard]
            cursor.acknowledged = max(cursor.acknowledged, position)

    async def _cursors(self) -> dict[Shard, int]:
        """The group's cursors of all its shards; a new one begins with the oldest message kept."""
        await self._connection.execute(
            """INSERT INTO cursors (consumer_group, topic, shard, position)
               SELECT $1, topic, shard, trimmed FROM shards WHERE topic = ANY($2::text[]) ORDER BY topic, shard
               ON CONFLICT DO NOTHING""",
            self._group,
            self._topics,
        )
        rows = await self._connection.fetch(
            "SELECT id, topic, shard FROM cursors WHERE consumer_group = $1 AND topic = ANY($2::text[])",
            self._group,
            self._topics,
        )
        unknown = set(self._topics) - {row["topic"] for row in rows}
        if unknown:
            raise UnknownTopic(", ".join(sorted(unknown)))
        return {(row["topic"], row["shard"]): row["id"] for row in rows}

    async def _release(self, shards: Iterable[Shard]) -> None:
        finished = [shard for shard in shards if self.held[shard].acknowledged == self.held[shard].delivered]
        if finished:
            await self._connection.execute(
                "SELECT pg_advisory_unlock($1, id) FROM unnest($2::int[]) AS id",
                CURSOR_LOCK,
                [self._ids[shard] for shard in finished],
            )
        for shard in finished:
            del self.held[shard]

    async def _claim(self, shards: Iterable[Shard]) -> None:
        wanted = [self._ids[shard] for shard in shards]
        if not wanted:
            return
        won = await self._connection.fetch(
            "SELECT id FROM unnest($2::int[]) AS id WHERE pg_try_advisory_lock($1, id)", CURSOR_LOCK, wanted
        )
        # A statement of its own: it sees what the last owner acknowledged before its lock fell.
        rows = await self._connection.fetch(
            """SELECT id, topic, shard, position, trimmed FROM cursors JOIN shards USING (topic, shard)
               WHERE id = ANY($1::int[])""",
            [row["id"] for row in won],
        )
        for row in rows:
            shard = (row["topic"], row["shard"])
            self.held[shard] = Cursor(row["position"], row["position"])
            self.refuse_gap(shard, row["trimmed"])
