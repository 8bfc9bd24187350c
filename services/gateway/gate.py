"""What is decided of every request before it goes its way: from which page, by whom, how often."""

import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from services.gateway.callers import Caller, Callers, Verify
from services.gateway.cors import Cors, is_preflight
from services.gateway.rates import Cost, Rates, cost_of
from services.gateway.refusals import Ledger
from shared.http.errors import problem_response
from shared.http.refusals import STATUSES
from shared.http.security import Header
from shared.problems import Problem
from shared.problems.common import RATE_LIMITED
from shared.settings import Settings

PROBES = frozenset({"/healthz", "/readyz", "/readyz/gateway", "/metrics"})
"""Asked by whoever keeps the system running: never limited."""
IN_EARNEST = {Cost.READS: 1200, Cost.COMMANDS: 600, Cost.SEARCHES: 120, Cost.BULK: 60, Cost.ANONYMOUS: 300}
"""Requests a minute: what a person's screens, or a system that takes one thing after the other, do not come near."""
IN_SANDBOX = 1000
"""So many times more: what is tried and measured there asks as fast as it can."""


def quotas(settings: Settings) -> dict[Cost, int]:
    chosen = {
        Cost.READS: settings.rate_reads,
        Cost.COMMANDS: settings.rate_commands,
        Cost.SEARCHES: settings.rate_searches,
        Cost.BULK: settings.rate_bulk,
        Cost.ANONYMOUS: settings.rate_anonymous,
    }
    times = IN_SANDBOX if settings.sandbox else 1
    return {cost: IN_EARNEST[cost] * times if quota is None else quota for cost, quota in chosen.items()}


class WayBack:
    """A request's way back: what the gate says of the answer, and whether it was a refusal."""

    __slots__ = ("_caller", "_headers", "_ledger", "_send")

    def __init__(self, send: Send, caller: Caller, headers: tuple[Header, ...], ledger: Ledger) -> None:
        self._send = send
        self._caller = caller
        self._headers = headers
        self._ledger = ledger

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *self._headers]
            if message["status"] in STATUSES and self._caller.principal is not None:
                self._ledger.count(self._caller.principal, message["status"])
        await self._send(message)


class Gate:
    def __init__(self, settings: Settings, verify: Verify, ledger: Ledger) -> None:
        self._cors = Cors(settings.cors_origins)
        self._callers = Callers(verify)
        self._rates = Rates(quotas(settings))
        self._ledger = ledger

    async def admit(self, scope: Scope, send: Send) -> tuple[Response | Problem | None, Send]:
        """(what the request is answered at once, if it goes no further; the way back)"""
        headers = dict(scope["headers"])
        origin, authorization = headers.get(b"origin"), headers.get(b"authorization")
        if origin is not None and is_preflight(scope["method"], headers):
            return self._cors.preflight(headers), send
        said = self._cors.headers(origin)
        caller = self._callers.known(authorization) if authorization is not None else None
        if caller is None:
            caller = await self._callers.of(authorization, client[0] if (client := scope.get("client")) else "")
        path: str = scope["path"]
        if path in PROBES:
            return None, WayBack(send, caller, said, self._ledger)
        cost = Cost.ANONYMOUS if caller.principal is None else cost_of(scope["method"], path)
        wait, told = self._rates.take(cost, caller.key, time.monotonic_ns())
        way_back = WayBack(send, caller, (*told, *said), self._ledger)
        if not wait:
            return None, way_back
        scope["jingzhun.caller"] = caller.principal
        return Problem(RATE_LIMITED, headers={"Retry-After": str(wait)}, policy=cost), way_back


_SAID = "jingzhun.said"


def hand_over(scope: Scope, answer: Response | Problem) -> Scope:
    return {**scope, _SAID: answer}


async def say(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer of the gate itself, as an application: told by the outermost layer like any other."""
    answer: Response | Problem = scope[_SAID]
    response = problem_response(Request(scope), answer) if isinstance(answer, Problem) else answer
    await response(scope, receive, send)
