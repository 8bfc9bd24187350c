"""Long work: a few jobs at once, each by one worker alone."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.households.service import DEFINITION
from shared.context import ServiceContext
from shared.runtime.jobs import AT_ONCE, Job, enqueue
from tests.fixtures.services import ServiceStarter

COUNTY = "500229000000"


async def test_jobs_run_side_by_side_and_each_once(running_service: ServiceStarter) -> None:
    begun: Counter[UUID] = Counter()
    together, finish = asyncio.Event(), asyncio.Event()

    async def meet(_: ServiceContext, job: Job) -> dict[str, Any]:
        begun[job.id] += 1
        if len(begun) >= AT_ONCE:
            together.set()
        await finish.wait()
        return {}

    async with running_service(replace(DEFINITION, jobs={"meeting": meet})) as service:
        async with service.context.database.transaction() as transaction:
            jobs = [
                await enqueue(transaction, "meeting", division=COUNTY, requested_by=UUID(int=1), arguments={})
                for _ in range(2 * AT_ONCE)
            ]
        await asyncio.wait_for(together.wait(), 30)
        assert len(begun) == AT_ONCE
        finish.set()
        await _all_succeeded(service.context, len(jobs))
        assert begun == Counter(jobs)


async def _all_succeeded(context: ServiceContext, count: int) -> None:
    async with asyncio.timeout(30):
        while True:
            async with context.database.connection() as connection:
                if await connection.fetchval("SELECT count(*) FROM jobs WHERE state = 'succeeded'") == count:
                    return
            await asyncio.sleep(0.05)
