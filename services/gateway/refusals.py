"""Who is turned away again and again: counted by the minute and told as an event, for whoever keeps watch.

Counting touches memory alone, so that no refusal is slower for it or fails with it. What nobody proved to be is
counted by the metrics only: an address is personal data.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from prometheus_client import Counter as Metric

from shared.areas import is_division
from shared.auth.principal import Principal
from shared.context import ServiceContext
from shared.events.gateway import RefusalsCounted
from shared.http.refusals import opaque_id

_PRINCIPALS = 10_000
_LEDGER = "refusals"
UNCOUNTED = Metric("jingzhun_refusals_uncounted", "Refusals that no event tells of: too many principals in a minute")


@dataclass(slots=True)
class Tally:
    """Of one principal, by status."""

    division: str
    statuses: Counter[int] = field(default_factory=Counter)


class Ledger:
    """The refusals since it was last taken."""

    def __init__(self, most: int = _PRINCIPALS) -> None:
        self._most = most
        self._tallies: dict[UUID, Tally] = {}

    def count(self, principal: Principal, status: int) -> None:
        who = opaque_id(principal)
        tally = self._tallies.get(who)
        if tally is None:
            if len(self._tallies) >= self._most or not is_division(principal.division):
                UNCOUNTED.inc()
                return
            tally = self._tallies[who] = Tally(principal.division)
        tally.statuses[status] += 1

    def take(self) -> dict[UUID, Tally]:
        taken, self._tallies = self._tallies, {}
        return taken

    def put_back(self, taken: Mapping[UUID, Tally]) -> None:
        """They were not told: with the next."""
        for who, tally in taken.items():
            if who in self._tallies or len(self._tallies) < self._most:
                self._tallies.setdefault(who, Tally(tally.division)).statuses.update(tally.statuses)


def ledger_of(context: ServiceContext) -> Ledger:
    ledger: Ledger = context.extras.setdefault(_LEDGER, Ledger())
    return ledger


async def tell(context: ServiceContext) -> None:
    """One event for each principal. The order of ids keeps replicas from waiting for each other in a ring."""
    ledger = ledger_of(context)
    taken = ledger.take()
    if not taken:
        return
    try:
        async with context.database.transaction() as transaction:
            rows = await transaction.fetch(
                """INSERT INTO refusal_reports (principal_id, sequence)
                   SELECT id, 1 FROM unnest($1::uuid[]) AS id
                   ON CONFLICT (principal_id) DO UPDATE SET sequence = refusal_reports.sequence + 1
                   RETURNING principal_id, sequence""",
                sorted(taken),
            )
            for row in rows:
                tally = taken[row["principal_id"]]
                event = _event(row["principal_id"], tally.statuses)
                transaction.emit(event, division=tally.division, sequence=row["sequence"])
    except BaseException:
        ledger.put_back(taken)
        raise


def _event(who: UUID, statuses: Counter[int]) -> RefusalsCounted:
    return RefusalsCounted(
        principal_id=who,
        unauthenticated=statuses[401],
        forbidden=statuses[403],
        not_found=statuses[404],
        too_large=statuses[413],
        too_many=statuses[429],
    )
