"""``GET /v1/event-flow``: how events flow through the whole system, on one page for its operators.

The gateway asks, for it alone asks every service already (whether it is ready, what is pending): no service learns to
reach another for this.
"""

import asyncio
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter

from shared.auth.principal import Principal
from shared.clock import system_now
from shared.http.access import Context, allow
from shared.http.route import Route
from shared.http.schemas import Answer
from shared.peers.client import Peers
from shared.problems import Problem

router = APIRouter(prefix="/v1", route_class=Route, tags=["event-flow"])
_PATIENCE_SECONDS = 5.0


class ProducerFlow(Answer):
    service: str
    topic: str
    outbox: int
    oldest_seconds: float
    rate: float | None


class TopicFlow(Answer):
    topic: str
    partitions: int
    heads: list[int]
    rate: float


class ConsumedTopic(Answer):
    topic: str
    lag: int


class ConsumerFlow(Answer):
    consumer: str
    members: int | None
    lag: int | None
    rate: float
    parked_keys: int
    dead_letters: int
    topics: list[ConsumedTopic]


class EventFlow(Answer):
    """``unanswered`` names the services of which nothing is known now."""

    measured_at: datetime
    producers: list[ProducerFlow]
    topics: list[TopicFlow]
    consumers: list[ConsumerFlow]
    unanswered: list[str]


@router.get("/event-flow", summary="事件流转 · How events flow")
async def read_event_flow(context: Context, _: Annotated[Principal, allow("event-flow:read")]) -> EventFlow:
    """Producers with what waits in their outboxes, topics with their ends, consumers with lag and what they gave up.

    Rates are events a second over the last minute. What the bus alone knows is null, and its topics are missing, where
    the bus does not answer; a service that does not answer is named, and the others are shown.
    """
    names = sorted(context.peers.allowed)
    found = dict(zip(names, await asyncio.gather(*(_asked(context.peers, name) for name in names)), strict=True))
    flows = {name: flow for name, flow in found.items() if flow is not None}
    return EventFlow(
        measured_at=system_now(),
        producers=[_producer(name, flow) for name, flow in flows.items()],
        topics=[_topic(flow) for flow in flows.values() if flow["heads"] is not None],
        consumers=[_consumer(name, flow) for name, flow in flows.items() if flow["consumes"]],
        unanswered=[name for name, flow in found.items() if flow is None],
    )


async def _asked(peers: Peers, name: str) -> dict[str, Any] | None:
    """``ServiceFlow`` of the service, or None."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            flow: dict[str, Any] = await peers.ask(name, "flow", {})
            return flow
    except (Problem, TimeoutError):
        return None


def _producer(name: str, flow: dict[str, Any]) -> ProducerFlow:
    return ProducerFlow(
        service=name,
        topic=flow["topic"],
        outbox=flow["outbox"],
        oldest_seconds=flow["oldest_seconds"],
        rate=flow["published"],
    )


def _topic(flow: dict[str, Any]) -> TopicFlow:
    heads = flow["heads"]
    return TopicFlow(topic=flow["topic"], partitions=len(heads), heads=heads, rate=flow["published"])


def _consumer(name: str, flow: dict[str, Any]) -> ConsumerFlow:
    lags: dict[str, int] | None = flow["lags"]
    return ConsumerFlow(
        consumer=name,
        members=flow["members"],
        lag=None if lags is None else sum(lags.values()),
        rate=flow["handled"],
        parked_keys=flow["parked_keys"],
        dead_letters=flow["dead_letters"],
        topics=[ConsumedTopic(topic=topic, lag=lag) for topic, lag in sorted((lags or {}).items())],
    )
