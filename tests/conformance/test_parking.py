"""Poison: parked with its followers, retried, dead-lettered, decided by an operator; nobody else waits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.bus.port import Bus, Delivery, Message
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.delivery.consumer import Handlers, Received
from shared.delivery.operators import NotDead, replay, skip
from shared.delivery.relay import Relay
from tests.conformance.counting import Counted
from tests.conformance.receiving import PATIENT, envelope_of, message_of, receiving, wrote
from tests.conformance.service import (
    DEAD_LETTERS,
    TOPIC,
    effects_of,
    eventually,
    running,
    total,
    write_down,
)
from tests.conformance.test_port import receive_all


@dataclass
class Moody:
    """A handler that writes first and then fails on some counters, until it is mended."""

    broken: set[UUID] = field(default_factory=set)
    attempts: int = 0

    async def handle(self, transaction: Transaction, received: Sequence[Received[Any]]) -> None:
        await write_down(transaction, received)
        if self.broken & {each.event.counter for each in received}:
            self.attempts += 1
            raise ValueError("a text that may quote 张三 510000199001011234")


def counted(counter: UUID, *numbers: int) -> list[Message]:
    return [message_of(envelope_of(Counted(counter=counter, number=number), number)) for number in numbers]


async def parked(receiver: Database) -> list[tuple[str, int]]:
    async with receiver.connection() as connection:
        rows = await connection.fetch("SELECT state, attempts FROM parked ORDER BY sequence")
    return [(row["state"], row["attempts"]) for row in rows]


def stands(receiver: Database, *expected: tuple[str, int]) -> Any:
    async def holds() -> bool:
        return await parked(receiver) == list(expected)

    return holds


async def dead_letter(transaction: Transaction) -> UUID:
    """The letter of the one that is dead."""
    (row,) = await transaction.fetch("SELECT letter_id FROM parked WHERE state = 'dead'")
    letter_id: UUID = row["letter_id"]
    return letter_id


async def dead_letters(bus: Bus, expected: int) -> list[Delivery]:
    async with bus.subscribe(f"operators-{uuid4()}", [DEAD_LETTERS]) as subscription:
        return await receive_all(subscription, expected)


async def test_healthy_keys_do_not_wait_for_a_parked_one(bus: Bus, receiver: Database) -> None:
    poison, healthy = uuid4(), [uuid4() for _ in range(12)]
    moody = Moody({poison})
    await bus.publish(counted(poison, 1, 2))
    async with running(*receiving(receiver, bus, {Counted: moody.handle}, PATIENT)):
        for number in (1, 2, 3):
            await bus.publish([message for counter in healthy for message in counted(counter, number)])
        await bus.publish(counted(poison, 3))
        await eventually(wrote(receiver, {counter: [1, 2, 3] for counter in healthy}))
        await eventually(stands(receiver, ("waiting", 1), ("waiting", 0), ("waiting", 0)))


async def test_a_mended_handler_lets_the_key_flow_on_in_order(bus: Bus, receiver: Database) -> None:
    poison = uuid4()
    moody = Moody({poison})
    await bus.publish(counted(poison, 1, 2, 3))
    async with running(*receiving(receiver, bus, {Counted: moody.handle})):

        async def retried() -> bool:
            return moody.attempts >= 3

        await eventually(retried)
        moody.broken.clear()
        await bus.publish(counted(poison, 4, 5))
        # It may have died before it was mended: then an operator replays it.
        await _replay_the_dead(receiver)
        await eventually(wrote(receiver, {poison: [1, 2, 3, 4, 5]}))
    assert await total(receiver, "parked") == 0


async def _replay_the_dead(receiver: Database) -> None:
    async def settled() -> bool:
        async with receiver.transaction() as transaction:
            if await transaction.fetch_value("SELECT count(*) FROM parked WHERE state = 'dead'"):
                await replay(transaction, await dead_letter(transaction), uuid4())
            return not await transaction.fetch_value("SELECT count(*) FROM parked")

    await eventually(settled)


async def test_backoff_is_kept_and_nothing_is_tried_before_its_time(bus: Bus, receiver: Database) -> None:
    poison = uuid4()
    moody = Moody({poison})
    await bus.publish(counted(poison, 1))
    consumer, retrier = receiving(receiver, bus, {Counted: moody.handle}, PATIENT)
    async with running(consumer):
        await eventually(stands(receiver, ("waiting", 1)))
    assert not await retrier.try_next()  # type: ignore[attr-defined]
    async with receiver.connection() as connection:
        await connection.execute("UPDATE parked SET next_attempt_at = now()")
    assert await retrier.try_next()  # type: ignore[attr-defined]
    assert await parked(receiver) == [("waiting", 2)]
    assert not await retrier.try_next()  # type: ignore[attr-defined]


async def test_after_its_attempts_an_event_is_dead_lettered_with_its_cause(bus: Bus, receiver: Database) -> None:
    poison, healthy = uuid4(), uuid4()
    moody = Moody({poison})
    first, *followers = counted(poison, 1, 2, 3)
    await bus.publish([first, *followers, *counted(healthy, 1)])
    async with running(*receiving(receiver, bus, {Counted: moody.handle}), Relay(receiver, bus)):
        await eventually(stands(receiver, ("dead", 3), ("waiting", 0), ("waiting", 0)))
        (letter,) = await dead_letters(bus, 1)
    message = letter.message
    assert message.value == first.value
    assert message.key == str(poison)
    assert first.headers.items() <= message.headers.items()
    extra = {name: value for name, value in message.headers.items() if name not in first.headers}
    assert extra["kafka_dlt-original-topic"] == TOPIC
    assert extra["kafka_dlt-exception-fqcn"] == "builtins.ValueError"
    assert extra["kafka_dlt-attempts"] == "3"
    assert {"kafka_dlt-original-partition", "kafka_dlt-original-offset", "kafka_dlt-first-failed-at"} <= set(extra)
    assert "510000" not in "".join(message.headers.values())
    assert await effects_of(receiver) == {healthy: [1]}


async def test_an_operator_replays_and_it_dies_again_and_is_told_again(bus: Bus, receiver: Database) -> None:
    poison = uuid4()
    moody = Moody({poison})
    first, second = counted(poison, 1, 2)
    await bus.publish([first, second])
    async with running(*receiving(receiver, bus, {Counted: moody.handle}), Relay(receiver, bus)):
        await eventually(stands(receiver, ("dead", 3), ("waiting", 0)))
        async with receiver.transaction() as transaction:
            dead = await replay(transaction, await dead_letter(transaction), uuid4())
        assert (dead.event_id, dead.topic, dead.attempts, dead.behind) == (UUID(first.id), TOPIC, 3, 1)
        letters = await dead_letters(bus, 2)
        assert {letter.message.headers["ce_id"] for letter in letters} == {first.id}

        moody.broken.clear()
        async with receiver.transaction() as transaction:
            await replay(transaction, await dead_letter(transaction), uuid4())
        await eventually(wrote(receiver, {poison: [1, 2]}))
    assert await total(receiver, "parked_decisions") == 2


async def test_an_operator_skips_and_the_followers_go_on(bus: Bus, receiver: Database) -> None:
    poison = uuid4()
    moody = Moody({poison})
    first, *followers = counted(poison, 1, 2, 3)
    await bus.publish([first, *followers])
    async with running(*receiving(receiver, bus, {Counted: moody.handle})):
        await eventually(stands(receiver, ("dead", 3), ("waiting", 0), ("waiting", 0)))
        moody.broken.clear()
        async with receiver.transaction() as transaction:
            dead = await skip(transaction, await dead_letter(transaction), uuid4())
        assert (dead.event_id, dead.behind) == (UUID(first.id), 2)
        await eventually(wrote(receiver, {poison: [2, 3]}))
        await bus.publish(counted(poison, 4))
        await eventually(wrote(receiver, {poison: [2, 3, 4]}))
    assert await total(receiver, "parked") == 0


async def test_only_the_dead_are_decided_by_the_letter_of_their_last_death(bus: Bus, receiver: Database) -> None:
    poison = uuid4()
    (waiting,) = counted(poison, 1)
    await bus.publish([waiting])
    consumer, _ = receiving(receiver, bus, {Counted: Moody({poison}).handle}, PATIENT)
    async with running(consumer):
        await eventually(stands(receiver, ("waiting", 1)))
    earlier = uuid4()
    async with receiver.connection() as connection:
        await connection.execute("UPDATE parked SET letter_id = $1", earlier)  # replayed, and not dead again yet
    for decide in (replay, skip):
        for letter_id in (earlier, uuid4()):
            with pytest.raises(NotDead, match=str(letter_id)):
                async with receiver.transaction() as transaction:
                    await decide(transaction, letter_id, uuid4())
    assert await parked(receiver) == [("waiting", 1)]
    assert await total(receiver, "parked_decisions") == 0


def _unknown_version(counter: UUID) -> Message:
    type_ = Counted.type().replace(".v1", ".v9")
    return message_of(envelope_of(Counted(counter=counter, number=1), type_=type_))


def bad_data(counter: UUID) -> Message:
    return message_of(envelope_of(Counted(counter=counter, number=1), data=b'{"number": "many"}'))


def _no_json(counter: UUID) -> Message:
    return message_of(envelope_of(Counted(counter=counter, number=1), data=b"\xff\x00"))


def _no_headers(counter: UUID) -> Message:
    return Message(TOPIC, str(counter), {}, b"garbage")


def _odd_id(counter: UUID) -> Message:
    return Message(TOPIC, str(counter), {"ce_id": "no UUID", "ce_specversion": "1.0"}, b"{}")


def _missing_attribute(counter: UUID) -> Message:
    message = message_of(envelope_of(Counted(counter=counter, number=1)))
    headers = {name: value for name, value in message.headers.items() if name != "ce_division"}
    return Message(TOPIC, message.key, headers, message.value)


@pytest.mark.parametrize("defective", [_unknown_version, bad_data, _no_json, _no_headers, _odd_id, _missing_attribute])
async def test_the_defective_is_dead_lettered_at_once_with_nothing_changed(
    bus: Bus, receiver: Database, defective: Any
) -> None:
    counter, healthy = uuid4(), uuid4()
    message = defective(counter)
    await bus.publish([*counted(healthy, 1), message, *counted(counter, 2), *counted(healthy, 2)])
    async with running(*receiving(receiver, bus), Relay(receiver, bus)):
        await eventually(wrote(receiver, {healthy: [1, 2]}))
        (letter,) = await dead_letters(bus, 1)
        assert letter.message.value == message.value
        assert message.headers.items() <= letter.message.headers.items()
        assert letter.message.headers["kafka_dlt-attempts"] == "1"
        assert await parked(receiver) == [("dead", 1), ("waiting", 0)]

        async with receiver.transaction() as transaction:
            await skip(transaction, await dead_letter(transaction), uuid4())
        await eventually(wrote(receiver, {healthy: [1, 2], counter: [2]}))


async def test_a_defective_follower_dies_when_its_turn_comes(bus: Bus, receiver: Database) -> None:
    counter = uuid4()
    moody = Moody({counter})
    await bus.publish([*counted(counter, 1), bad_data(counter), *counted(counter, 3)])
    async with running(*receiving(receiver, bus, {Counted: moody.handle}), Relay(receiver, bus)):
        await eventually(stands(receiver, ("dead", 3), ("waiting", 0), ("waiting", 0)))
        moody.broken.clear()
        async with receiver.transaction() as transaction:
            await replay(transaction, await dead_letter(transaction), uuid4())
        await eventually(stands(receiver, ("dead", 1), ("waiting", 0)))
        assert await effects_of(receiver) == {counter: [1]}
        assert len(await dead_letters(bus, 2)) == 2


async def test_replicas_share_the_retries(bus: Bus, other_bus: Bus, receiver: Database) -> None:
    poisons = [uuid4() for _ in range(20)]
    moody = Moody(set(poisons))
    await bus.publish([message for poison in poisons for message in counted(poison, 1, 2, 3)])
    handlers: Handlers = {Counted: moody.handle}
    consumer, _ = receiving(receiver, bus, handlers, PATIENT)
    async with running(consumer):

        async def all_parked() -> bool:
            return await total(receiver, "parked") == 60

        await eventually(all_parked)
    moody.broken.clear()
    async with receiver.connection() as connection:
        await connection.execute("UPDATE parked SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")
    retriers = [receiving(receiver, other_bus, handlers)[1] for _ in range(3)]
    async with running(consumer, *retriers):
        await bus.publish([message for poison in poisons for message in counted(poison, 4)])
        await eventually(wrote(receiver, {poison: [1, 2, 3, 4] for poison in poisons}))
