"""What a service is made of, declared in its ``service.py`` and run by ``shared.runtime``."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import MetaData

from shared.context import ServiceContext
from shared.database.transaction import Transaction
from shared.delivery.consumer import Handlers, RawHandler
from shared.rebuild.projection import Projection
from shared.runtime.chores import Chore
from shared.runtime.jobs import JobHandler

TimerHandler = Callable[[Transaction, Sequence[UUID]], Awaitable[None]]
"""Called in one transaction with the subjects of the timers of one kind that are due."""
Work = Callable[[ServiceContext, asyncio.Event], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Definition:
    """``routers`` stand under ``/v1``, ``internal`` under ``/internal`` for other services only."""

    name: str
    title: str
    metadata: MetaData
    migrations: str
    routers: Sequence[APIRouter] = ()
    internal: Sequence[APIRouter] = ()
    handlers: Handlers = field(default_factory=dict)
    raw_handler: RawHandler | None = None
    projections: Sequence[Projection] = ()
    """What an operator may have rebuilt from the archive."""
    timers: Mapping[str, TimerHandler] = field(default_factory=dict)
    jobs: Mapping[str, JobHandler] = field(default_factory=dict)
    chores: Sequence[Chore] = ()
    start: Callable[[ServiceContext], Awaitable[None]] | None = None
    leave: Callable[[ServiceContext], None] | None = None
    """Called once the service is told to stop, while it still answers what is under way."""
    metrics: Callable[[ServiceContext], Awaitable[None]] | None = None
    """Refreshes the service's own gauges when its metrics are read."""
