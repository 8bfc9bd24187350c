"""An event's death, told twice: a copy on its dead-letter topic, as received, and an event of what is ours in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shared.areas import is_division
from shared.bus.port import DEAD_LETTER_ID, Delivery
from shared.bus.topics import dead_letter_topic
from shared.database.transaction import Transaction
from shared.delivery.failure import Failure
from shared.events.delivery import BIRTH, END, OUR_TYPE, DeadLetterDiedAgain, DeadLetterEvent, EventDeadLettered

_OUR_TYPE = re.compile(OUR_TYPE)
_LONGEST_TYPE, _LONGEST_CAUSE = 200, 400


@dataclass(frozen=True, slots=True)
class Death:
    """``predecessor`` is the letter of an earlier death, where the event died while it was replayed."""

    letter_id: UUID
    event_id: UUID
    delivery: Delivery
    failure: Failure
    behind: int = 0
    predecessor: UUID | None = None


def announce_death(transaction: Transaction, group: str, death: Death) -> None:
    _send_copy(transaction, group, death)
    tell(transaction, _told(group, death), death.delivery.message.headers, BIRTH)
    if death.predecessor is not None:
        again = DeadLetterDiedAgain(letter_id=death.predecessor, consumer=group, successor=death.letter_id)
        tell(transaction, again, death.delivery.message.headers, END)


def tell(transaction: Transaction, event: DeadLetterEvent, headers: Mapping[str, str], sequence: int) -> None:
    """Tell of a letter, in the division of the dead event with these headers."""
    transaction.emit(event, division=division_of(headers), sequence=sequence)


def division_of(headers: Mapping[str, str]) -> str:
    """Empty where there is none or none that can be read."""
    division = headers.get("ce_division", "")
    return division if is_division(division) else ""


def _told(group: str, death: Death) -> EventDeadLettered:
    headers, failure = death.delivery.message.headers, death.failure
    return EventDeadLettered(
        letter_id=death.letter_id,
        consumer=group,
        topic=death.delivery.message.topic,
        event_id=death.event_id,
        event_type=_type(headers.get("ce_type", "")),
        event_subject=_id(headers.get("ce_subject", "")),
        cause=failure.cause[:_LONGEST_CAUSE],
        attempts=failure.attempts,
        behind=death.behind,
        first_failed_at=failure.first_failed_at,
        died_at=failure.failed_at,
        predecessor=death.predecessor,
    )


def _type(text: str) -> str | None:
    return text if len(text) <= _LONGEST_TYPE and _OUR_TYPE.fullmatch(text) else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _send_copy(transaction: Transaction, group: str, death: Death) -> None:
    """Spring's ``kafka_dlt-*`` headers; the exception's class only, for its text may quote personal data."""
    delivery, failure = death.delivery, death.failure
    message = delivery.message
    headers = dict(message.headers) | {
        DEAD_LETTER_ID: str(death.letter_id),
        "kafka_dlt-original-topic": message.topic,
        "kafka_dlt-original-partition": str(delivery.shard),
        "kafka_dlt-original-offset": str(delivery.position),
        "kafka_dlt-original-timestamp": str(int(delivery.published_at.timestamp() * 1000)),
        "kafka_dlt-original-consumer-group": group,
        "kafka_dlt-exception-fqcn": failure.cause,
        "kafka_dlt-attempts": str(failure.attempts),
        "kafka_dlt-first-failed-at": failure.first_failed_at.isoformat(),
    }
    transaction.send(dead_letter_topic(message.topic, group), message.key, storable(headers), message.value)


def storable(headers: Mapping[str, str]) -> dict[str, str]:
    """A stranger's headers as PostgreSQL can keep them."""
    return {clean(name): clean(value) for name, value in headers.items()}


def clean(text: str) -> str:
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
