"""An operator's decision goes the way of every event: over the bus, once, in the transaction of what it does."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from shared.bus.port import Bus, Message
from shared.database.database import Database
from shared.delivery.consumer import Consumer
from shared.delivery.decisions import Decisions
from shared.delivery.dispatch import TypedDispatch
from shared.delivery.relay import Relay
from shared.delivery.retry import Retrier
from shared.events.audit import DeadLetterDecided, DeadLetterReplayRequested, DeadLetterSkipRequested
from tests.conformance.counting import Counted
from tests.conformance.receiving import QUICK, envelope_of, metric, wrote
from tests.conformance.service import ANSWERS, RECEIVER, TOPIC, eventually, running, total
from tests.conformance.test_parking import Moody, bad_data, counted, dead_letter, parked, stands
from tests.conformance.test_port import receive_all

DECISIONS = "jingzhun.audit.v1"
DEAD = "jingzhun_dead_letters_total"


@pytest.fixture
async def moody(bus: Bus, receiver: Database) -> AsyncIterator[Moody]:
    """The handler of a running receiver."""
    await bus.declare({DECISIONS: 1})
    moody = Moody()
    dispatch = TypedDispatch(Decisions(RECEIVER).beside({Counted: moody.handle}))
    consumer = Consumer(receiver, bus, [TOPIC, DECISIONS], dispatch, QUICK)
    async with running(consumer, Retrier(receiver, dispatch, QUICK), Relay(receiver, bus)):
        yield moody


async def decide(bus: Bus, model: type[DeadLetterDecided], letter: UUID, consumer: str = RECEIVER) -> Message:
    envelope = envelope_of(model(letter_id=letter, consumer=consumer, decision_id=uuid4()))
    message = Message(DECISIONS, envelope.partition_key, envelope.headers(), envelope.data)
    await bus.publish([message, message])
    return message


async def told(bus: Bus, count: int) -> list[tuple[str, str]]:
    """(name, letter) of what the receiver tells."""
    async with bus.subscribe(f"onlooker-{uuid4()}", [ANSWERS]) as subscription:
        heard = await receive_all(subscription, count)
    return [(one.message.headers["ce_type"].split(".")[2], one.message.headers["ce_subject"]) for one in heard]


async def buried(bus: Bus, receiver: Database, moody: Moody, poison: UUID) -> UUID:
    """The letter of a dead event with two behind it."""
    moody.broken.add(poison)
    await bus.publish(counted(poison, 1, 2, 3))
    await eventually(stands(receiver, ("dead", 3), ("waiting", 0), ("waiting", 0)))
    async with receiver.transaction() as transaction:
        return await dead_letter(transaction)


async def test_a_replay_is_told_to_its_end(bus: Bus, receiver: Database, moody: Moody) -> None:
    poison = uuid4()
    letter = await buried(bus, receiver, moody, poison)
    moody.broken.clear()
    await decide(bus, DeadLetterReplayRequested, letter)
    await eventually(wrote(receiver, {poison: [1, 2, 3]}))
    names = ["event_dead_lettered", "dead_letter_replayed", "dead_letter_settled"]
    assert await told(bus, 3) == [(name, str(letter)) for name in names]
    assert await total(receiver, "parked_decisions") == 1


async def test_who_dies_again_is_another_letter(bus: Bus, receiver: Database, moody: Moody) -> None:
    poison, before = uuid4(), metric(DEAD, error="builtins.ValueError")
    first = await buried(bus, receiver, moody, poison)
    await decide(bus, DeadLetterReplayRequested, first)
    tellings = await told(bus, 4)
    (second,) = {letter for _, letter in tellings} - {str(first)}
    assert [name for name, letter in tellings if letter == str(first)] == [
        "event_dead_lettered",
        "dead_letter_replayed",
        "dead_letter_died_again",
    ]
    await eventually(stands(receiver, ("dead", 3), ("waiting", 0), ("waiting", 0)))
    assert metric(DEAD, error="builtins.ValueError") - before == 2
    await decide(bus, DeadLetterSkipRequested, first)  # too late: that letter is answered
    await decide(bus, DeadLetterReplayRequested, UUID(second), consumer="another")
    moody.broken.clear()
    await decide(bus, DeadLetterSkipRequested, UUID(second))
    await eventually(wrote(receiver, {poison: [2, 3]}))
    assert set(await told(bus, 6)) - set(tellings) == {
        ("dead_letter_gone", str(first)),
        ("dead_letter_skipped", second),
    }


async def test_a_death_is_counted_when_it_is_kept_and_not_before(bus: Bus, receiver: Database, moody: Moody) -> None:
    """The batch that it first died in was rolled back for another's sake."""
    poison, defective, cause = uuid4(), uuid4(), "shared.events.base.MalformedEvent"
    before = metric(DEAD, error=cause)
    moody.broken.add(poison)
    await bus.publish([bad_data(defective), *counted(poison, 1), *counted(defective, 2)])

    async def all_lie() -> bool:
        return sorted(await parked(receiver)) == [("dead", 1), ("dead", 3), ("waiting", 0)]

    await eventually(all_lie)
    assert metric(DEAD, error=cause) - before == 1
    assert len(await told(bus, 2)) == 2
