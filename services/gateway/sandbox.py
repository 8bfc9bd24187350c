"""``/v1/sandbox/clock``: only in a sandbox; elsewhere it is not found."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Query, Request
from pydantic import ConfigDict, Field, model_validator

from services.gateway import clock
from services.gateway.clock_moves import one_at_a_time, remembered, target
from shared.auth.principal import Principal
from shared.context import ServiceContext
from shared.events.gateway import PolicyClockAdvanced
from shared.http.access import Context, allow, context_of
from shared.http.commands import Later
from shared.http.patience import waits
from shared.http.route import Route
from shared.http.schemas import AS_NUMBER, Answer, Body, Moment, Omissible
from shared.ids import new_id
from shared.problems import Problem
from shared.problems.common import KEY_REQUIRED, NOT_FOUND

Wait = Annotated[float, Query(ge=0, le=30, description="Seconds to wait for `settled` at most")]


def _in_sandbox(request: Request) -> None:
    if not context_of(request).settings.sandbox:
        raise Problem(NOT_FOUND)


class Advance(Body):
    """Exactly one of the two."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    advance_days: Omissible[Annotated[int, Field(ge=1, le=3650), AS_NUMBER]] = None
    advance_to: Omissible[Moment] = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("exactly one of advance_days and advance_to")
        return self


class Clock(Answer):
    """``settled``: due timers, outboxes, consumers and jobs of every service are drained.

    ``pending`` counts, for each service, what is left of each kind.
    """

    now: datetime
    offset_seconds: float
    settled: bool
    pending: dict[str, dict[str, int]]


@waits(30)
async def read_sandbox_clock(context: Context, _: Annotated[Principal, allow()], wait: Wait = 0) -> Clock:
    """The policy clock, and whether all that follows from the commands so far has been done.

    With `wait` the answer comes as soon as the system is settled, after that many seconds at the latest.
    """
    return await _clock(context, wait)


async def advance_sandbox_clock(
    body: Advance,
    request: Request,
    context: Context,
    principal: Annotated[Principal, allow("sandbox:clock")],
    command: Later,
) -> Clock:
    """Move the policy clock forward, in every service before this answers. It never moves backwards."""
    async with one_at_a_time(context.database):
        seconds = await _decide(body, request, context, principal)
        await clock.set_everywhere(context, seconds)
    transaction = await command.begin()
    event = PolicyClockAdvanced(clock_id=new_id(), offset_seconds=seconds)
    transaction.emit(event, division=principal.division, sequence=1)
    return await _clock(context, 0)


async def _decide(body: Advance, request: Request, context: ServiceContext, principal: Principal) -> float:
    key = request.headers.get("idempotency-key", "")
    if not 0 < len(key) <= 200:
        raise Problem(KEY_REQUIRED)
    offset = (await context.database.policy_clock()).offset
    seconds = target(offset, body.advance_days, body.advance_to)
    async with context.database.transaction() as transaction:
        return await remembered(transaction, principal.subject, key, body.model_dump_json(), seconds)


async def _clock(context: ServiceContext, wait: float) -> Clock:
    samples, settled = await clock.sample_until_settled(context.peers, wait)
    policy_clock = await context.database.policy_clock()
    return Clock(
        now=policy_clock.now(),
        offset_seconds=policy_clock.offset.total_seconds(),
        settled=settled,
        pending={name: {kind: n for kind, n in left.items() if kind != "activity"} for name, left in samples.items()},
    )


def _router(prefix: str, *, in_schema: bool) -> APIRouter:
    made = APIRouter(
        prefix=prefix,
        route_class=Route,
        tags=["sandbox"],
        include_in_schema=in_schema,
        dependencies=[Depends(_in_sandbox)],
    )
    made.get("/sandbox/clock", summary="沙箱时钟 · The sandbox's clock")(read_sandbox_clock)
    made.post("/sandbox/clock", summary="拨快沙箱时钟 · Advance the sandbox's clock")(advance_sandbox_clock)
    return made


router = _router("/v1", in_schema=True)
alias = _router("", in_schema=False)
