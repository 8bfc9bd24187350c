"""A failure is counted and logged when it is kept: after its transaction has committed, never before."""

import structlog

from shared.bus.port import Delivery
from shared.delivery import metrics
from shared.delivery.dispatch import identity_of
from shared.delivery.failure import Failure
from shared.observability import places

log = structlog.get_logger()


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
    )
