"""The internal routes that every service has: the sandbox's clock, what is left to do, and what flows through."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from shared.clock import FURTHEST
from shared.delivery.drain import DrainState, drained
from shared.http.access import calling_gateway, context_of
from shared.http.route import Route
from shared.http.schemas import Answer, Body
from shared.problems import Problem
from shared.problems.common import NOT_FOUND
from shared.runtime.flow import ServiceFlow, flow_of
from shared.runtime.timers import due_timers

router = APIRouter(prefix="/internal", route_class=Route, dependencies=[Depends(calling_gateway)])


class ClockBody(Body):
    seconds: Annotated[float, Field(ge=0, le=FURTHEST.total_seconds())]


class PendingWork(Answer):
    """What is left to do, and a count that grows with everything that happens."""

    outbox: int
    lag: int
    parked: int
    timers: int
    jobs: int
    activity: int


@router.post("/clock")
async def set_clock(body: ClockBody, request: Request) -> PendingWork:
    """Set the offset of the policy clock, in the database and in this process."""
    context = context_of(request)
    if not context.settings.sandbox:
        raise Problem(NOT_FOUND)
    async with context.database.transaction() as transaction:
        seconds = await transaction.fetch_value(
            """INSERT INTO policy_clock (id, seconds) VALUES (1, $1)
               ON CONFLICT (id) DO UPDATE SET seconds = greatest(policy_clock.seconds, excluded.seconds)
               RETURNING seconds""",
            body.seconds,
        )
    context.database.set_offset(seconds)
    return await _pending(request)


@router.post("/pending")
async def pending(request: Request) -> PendingWork:
    return await _pending(request)


@router.post("/flow")
async def flow(request: Request) -> ServiceFlow:
    return await flow_of(context_of(request))


async def _pending(request: Request) -> PendingWork:
    context = context_of(request)
    state: DrainState = await drained(context.database, context.bus, context.name, context.consumes)
    async with context.database.connection() as connection:
        jobs = await connection.fetchval("SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')")
    return PendingWork(
        outbox=state.outbox,
        lag=state.lag,
        parked=state.retrying,
        timers=await due_timers(context.database),
        jobs=jobs,
        activity=state.activity,
    )
