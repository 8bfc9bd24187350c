"""All of a service's delivery, ready to run in the background."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from shared.bus.port import Bus
from shared.database.database import Database
from shared.delivery.consumer import Consumer
from shared.delivery.decisions import Decisions
from shared.delivery.dispatch import Dispatch, Handlers, RawDispatch, RawHandler, TypedDispatch
from shared.delivery.failure import DEFAULT_POLICY, RetryPolicy
from shared.delivery.gauges import Gauges
from shared.delivery.inbox import InboxSweeper
from shared.delivery.relay import Relay
from shared.delivery.retry import Retrier


class Runnable(Protocol):
    async def run(self, stop: asyncio.Event) -> None:
        """Until ``stop`` is set, then end within a second or two with nothing half done."""
        ...


def assemble(
    database: Database,
    bus: Bus,
    topics: Sequence[str],
    *,
    handlers: Handlers | None = None,
    raw_handler: RawHandler | None = None,
    policy: RetryPolicy = DEFAULT_POLICY,
    inbox_kept: timedelta = timedelta(days=45),
) -> list[Runnable]:
    """A service that consumes has either typed ``handlers`` or one ``raw_handler``; beside them operators decide."""
    running: list[Runnable] = [Relay(database, bus), Gauges(database, bus, topics)]
    if topics:
        dispatch = _dispatch(database, handlers, raw_handler)
        running += [
            Consumer(database, bus, topics, dispatch, policy),
            Retrier(database, dispatch, policy),
            InboxSweeper(database, inbox_kept),
        ]
    return running


def _dispatch(database: Database, handlers: Handlers | None, raw_handler: RawHandler | None) -> Dispatch:
    decisions = Decisions(database.service)
    if (raw_handler is None) == (not handlers):
        raise ValueError("a service that consumes has either typed handlers or a raw handler")
    if raw_handler is not None:
        return RawDispatch(decisions.after(raw_handler), database.service, database.tracer)
    return TypedDispatch(decisions.beside(handlers or {}), database.service, database.tracer)
