"""Trying parked events again, each in a transaction of its own, while the consumer goes on with other keys."""

import asyncio

from shared.clock import system_now
from shared.database.database import Database
from shared.delivery import metrics
from shared.delivery.dispatch import Dispatch
from shared.delivery.failure import DEFAULT_POLICY, RetryPolicy, judge
from shared.delivery.parking import ParkedEvent, claim_due, postpone, release
from shared.delivery.persistence import pause, persist
from shared.delivery.telling import tell_failure

POLL_SECONDS = 0.25


class Retrier:
    """Replicas share the work: a head that one of them tries is passed over by the others."""

    def __init__(self, database: Database, dispatch: Dispatch, policy: RetryPolicy = DEFAULT_POLICY) -> None:
        self._database = database
        self._dispatch = dispatch
        self._policy = policy
        self._group = database.service

    async def run(self, stop: asyncio.Event) -> None:
        async def work() -> None:
            if not await self.try_next():
                await pause(stop, POLL_SECONDS)

        await persist(work, stop, service=self._group, task="retry")

    async def try_next(self) -> bool:
        """Try one head that is due; False where there is none."""
        head: ParkedEvent | None = None
        try:
            async with self._database.transaction() as transaction:
                head = await claim_due(transaction)
                if head is None:
                    return False
                parcel = self._dispatch.open(head.delivery)
                if parcel is not None:
                    await self._dispatch.handle(transaction, [parcel])
                await release(transaction, self._group, head)
        except Exception as error:
            if head is None:
                raise
            await self._keep_failure(head, error)
            return True
        metrics.handled.labels(self._group).inc()
        return True

    async def _keep_failure(self, head: ParkedEvent, error: Exception) -> None:
        failure = judge(error, self._policy, system_now(), earlier=head.attempts, first_failed_at=head.first_failed_at)
        async with self._database.transaction() as transaction:
            kept = await postpone(transaction, self._group, head, failure)
        if kept:
            tell_failure(self._group, head.delivery, failure, error)
