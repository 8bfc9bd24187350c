"""A failure is counted and logged when it is kept: after its transaction has committed, never before."""

import re
from collections.abc import Mapping

import structlog

from shared.bus.port import Delivery
from shared.delivery import metrics
from shared.delivery.dispatch import identity_of
from shared.delivery.failure import Failure
from shared.observability import places
from shared.tracing.traceparent import is_traceparent, trace_id_of

log = structlog.get_logger()
_CORRELATION = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def tell_failure(group: str, delivery: Delivery, failure: Failure, error: Exception) -> None:
    metrics.handler_failures.labels(group, failure.cause).inc()
    if failure.final:
        metrics.dead_letters.labels(group, failure.cause).inc()
    log.error(
        "event dead" if failure.final else "event parked",
        service=group,
        event_id=str(identity_of(delivery)),
        topic=delivery.message.topic,
        position=delivery.position,
        error=failure.cause,
        attempts=failure.attempts,
        where=places(error),
        **_origin(delivery.message.headers),
    )


def _origin(headers: Mapping[str, str]) -> dict[str, str]:
    """Only what has our form: a stranger's headers may hold anything."""
    correlation, traceparent = headers.get("ce_correlationid", ""), headers.get("ce_traceparent", "")
    told = {"correlation_id": correlation} if _CORRELATION.fullmatch(correlation) else {}
    return told | {"trace_id": trace_id_of(traceparent)} if is_traceparent(traceparent) else told
