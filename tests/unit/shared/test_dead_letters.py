"""What is told of a dead event: what is ours in it, whatever it was; never its content, never a stranger's words."""

from datetime import UTC, datetime
from uuid import uuid4

import orjson
from hypothesis import given
from hypothesis import strategies as st

from shared.bus.port import Delivery, Message
from shared.database.transaction import Transaction
from shared.delivery.deadletters import Death, announce_death
from shared.delivery.failure import RetryPolicy, judge
from shared.events import Envelope, parse
from shared.events.base import MalformedEvent
from shared.events.delivery import DeadLetterDiedAgain, EventDeadLettered

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
_NAMES = st.sampled_from(["ce_type", "ce_subject", "ce_division", "ce_id", "ce_time", "x"])
_VALUES = st.text() | st.sampled_from(
    ["jingzhun.households.household_moved.v9", "500229001001", str(uuid4()), "张三 510000199001011234"]
)


def announced(headers: dict[str, str], **more: object) -> list[Message]:
    transaction = Transaction(None, service="notifications", now=NOW, outbox_shards=1)
    delivery = Delivery(Message("jingzhun.households.v1", "key", headers, b"content"), 0, 7, NOW)
    failure = judge(MalformedEvent("of 张三"), RetryPolicy(), NOW)
    announce_death(transaction, "notifications", Death(uuid4(), uuid4(), delivery, failure, **more))  # type: ignore[arg-type]
    return [
        Message(row.topic, row.key, orjson.loads(orjson.dumps(row.headers)), row.value) for row in transaction._pending
    ]


@given(st.dictionaries(_NAMES, _VALUES))
def test_a_death_can_always_be_told_and_tells_no_strangers_words(headers: dict[str, str]) -> None:
    copy, told = announced(headers)
    assert copy.topic == "jingzhun.households.v1.notifications.dlq"
    envelope = Envelope.read(told.headers, told.value)
    event = parse(envelope)
    assert isinstance(event, EventDeadLettered)
    assert (told.topic, envelope.partition_key) == ("jingzhun.notifications.v1", str(event.letter_id))
    assert event.event_type in {headers.get("ce_type"), None}
    assert "张三" not in told.value.decode() + "".join(told.headers.values())
    assert copy.headers["kafka_dlt-id"] == str(event.letter_id)


def test_what_is_ours_is_told() -> None:
    subject = uuid4()
    headers = {
        "ce_type": "jingzhun.households.household_moved.v9",
        "ce_subject": str(subject),
        "ce_division": "500229001001",
    }
    _, told = announced(headers)
    event = parse(Envelope.read(told.headers, told.value))
    assert isinstance(event, EventDeadLettered)
    assert (event.event_type, event.event_subject) == (headers["ce_type"], subject)
    assert told.headers["ce_division"] == "500229001001"
    assert (event.cause, event.attempts, event.died_at) == ("shared.events.base.MalformedEvent", 1, NOW)


def test_who_dies_again_ends_the_letter_before() -> None:
    earlier = uuid4()
    _, birth, end = announced({}, predecessor=earlier)
    born = parse(Envelope.read(birth.headers, birth.value))
    again = parse(Envelope.read(end.headers, end.value))
    assert isinstance(born, EventDeadLettered)
    assert isinstance(again, DeadLetterDiedAgain)
    assert (born.predecessor, again.letter_id, again.successor) == (earlier, earlier, born.letter_id)
