"""The copy of a dead event on its dead-letter topic: bytes and headers as received, the cause beside them."""

from collections.abc import Mapping
from datetime import datetime

from shared.bus.port import DEAD_LETTER_ID, Delivery
from shared.database.transaction import Transaction
from shared.ids import new_id


def dead_letter_topic(topic: str, group: str) -> str:
    return f"{topic}.{group}.dlq"


def send_dead_letter(
    transaction: Transaction,
    delivery: Delivery,
    *,
    group: str,
    cause: str,
    attempts: int,
    first_failed_at: datetime,
) -> None:
    """Spring's ``kafka_dlt-*`` headers; the exception's class only, for its text may quote personal data."""
    message = delivery.message
    headers = dict(message.headers) | {
        DEAD_LETTER_ID: str(new_id()),
        "kafka_dlt-original-topic": message.topic,
        "kafka_dlt-original-partition": str(delivery.shard),
        "kafka_dlt-original-offset": str(delivery.position),
        "kafka_dlt-original-timestamp": str(int(delivery.published_at.timestamp() * 1000)),
        "kafka_dlt-original-consumer-group": group,
        "kafka_dlt-exception-fqcn": cause,
        "kafka_dlt-attempts": str(attempts),
        "kafka_dlt-first-failed-at": first_failed_at.isoformat(),
    }
    transaction.send(dead_letter_topic(message.topic, group), message.key, storable(headers), message.value)


def storable(headers: Mapping[str, str]) -> dict[str, str]:
    """A stranger's headers as PostgreSQL can keep them."""
    return {clean(name): clean(value) for name, value in headers.items()}


def clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
