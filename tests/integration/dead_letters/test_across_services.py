"""From a poisoned event to its end, across two services: given up, seen, decided, told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest_asyncio

from services.audit.handlers import receive
from services.audit.service import DEFINITION as AUDIT
from services.notifications.service import DEFINITION as NOTIFICATIONS
from shared.events.audit import DeadLetterReplayRequested
from shared.events.identification import CaseWithdrawn
from tests.fixtures.happenings import happened, message_of
from tests.fixtures.services import RunningService, ServiceStarter
from tests.integration.audit.readers import Reader, rows
from tests.integration.dead_letters.poison import Moody, Onlooker, withdrawn


@dataclass
class Pair:
    audit: RunningService
    notifications: RunningService
    archiving: Moody
    handling: Moody
    onlooker: Onlooker

    async def happens(self, case: UUID, *sequences: int) -> None:
        await self.audit.bus.publish([message_of(withdrawn(case, sequence)) for sequence in sequences])


@pytest_asyncio.fixture(loop_scope="session")
async def pair(running_service: ServiceStarter) -> AsyncIterator[Pair]:
    """Given up at the first failure, so that nobody waits."""
    archiving, handling = Moody(), Moody()
    auditing = replace(AUDIT, raw_handler=archiving.before(receive))
    notifying = replace(NOTIFICATIONS, handlers={CaseWithdrawn: handling.handle})
    async with (
        running_service(auditing, handler_attempts=1) as audit,
        running_service(notifying, handler_attempts=1, beside=audit) as notifications,
    ):
        yield Pair(audit, notifications, archiving, handling, Onlooker(Reader(audit, "operator", "500000000000")))


async def test_replayed_after_the_handler_is_mended_all_follows_in_order(pair: Pair) -> None:
    poison, healthy = uuid4(), uuid4()
    pair.handling.broken.add(str(poison))
    await pair.happens(poison, 1, 2, 3)
    await pair.happens(healthy, 1)
    died = await pair.onlooker.hear("event_dead_lettered")
    (letter,) = await pair.onlooker.letters(state="dead")
    assert (letter["id"], letter["consumer"], letter["cause"]) == (
        died["subject"],
        "notifications",
        "builtins.ValueError",
    )
    assert (letter["subject"], letter["attempts"]) == (str(poison), 1)
    assert "510000" not in str(died)

    pair.handling.broken.clear()
    await pair.onlooker.decide("replay", letter["id"])
    await pair.onlooker.hear("dead_letter_settled", letter["id"])
    assert (await pair.onlooker.letter(letter["id"]))["state"] == "settled"
    await pair.happens(poison, 4)
    await pair.happens(healthy, 2)
    await pair.handling.has_handled(6)
    assert [number for case, number in pair.handling.handled if case == str(poison)] == [1, 2, 3, 4]
    assert await rows(pair.notifications, "SELECT FROM parked") == []


async def test_skipped_the_others_go_on_without_it(pair: Pair) -> None:
    poison = uuid4()
    pair.handling.broken.add(str(poison))
    await pair.happens(poison, 1, 2)
    letter = (await pair.onlooker.hear("event_dead_lettered"))["subject"]
    pair.handling.broken.clear()
    await pair.onlooker.decide("skip", letter)
    await pair.onlooker.hear("dead_letter_skipped", letter)
    assert (await pair.onlooker.letter(letter))["state"] == "skipped"
    await pair.handling.has_handled(1)
    assert pair.handling.handled == [(str(poison), 2)]


async def test_replayed_too_early_it_dies_again_and_is_another_letter(pair: Pair) -> None:
    poison = uuid4()
    pair.handling.broken.add(str(poison))
    await pair.happens(poison, 1, 2, 3)
    first = (await pair.onlooker.hear("event_dead_lettered"))["subject"]
    await pair.onlooker.decide("replay", first)
    second = (await pair.onlooker.hear("dead_letter_died_again", first))["data"]["successor"]
    await pair.onlooker.hear("event_dead_lettered", second)
    letters = {letter["id"]: letter for letter in await pair.onlooker.letters()}
    assert {id_: letter["state"] for id_, letter in letters.items()} == {first: "died_again", second: "dead"}
    assert (letters[first]["successor"], letters[second]["predecessor"]) == (second, first)
    assert letters[second]["event_id"] == letters[first]["event_id"]
    assert letters[second]["behind"] == 2

    pair.handling.broken.clear()
    await pair.onlooker.decide("replay", second)
    await pair.onlooker.hear("dead_letter_settled", second)
    copies = await rows(pair.notifications, "SELECT action, letter_id::text FROM parked_decisions ORDER BY sequence")
    assert [tuple(copy.values()) for copy in copies] == [("replay", first), ("replay", second)]


async def test_a_dead_event_that_is_not_there_any_more(pair: Pair) -> None:
    poison = uuid4()
    pair.handling.broken.add(str(poison))
    await pair.happens(poison, 1)
    letter = (await pair.onlooker.hear("event_dead_lettered"))["subject"]
    async with pair.notifications.context.database.connection() as connection:
        await connection.execute("DELETE FROM parked")
    await pair.onlooker.decide("replay", letter)
    await pair.onlooker.hear("dead_letter_gone", letter)
    assert (await pair.onlooker.letter(letter))["state"] == "gone"


async def test_a_decision_for_a_letter_that_nobody_knows(pair: Pair) -> None:
    forged = happened(
        DeadLetterReplayRequested(letter_id=uuid4(), consumer="notifications", decision_id=uuid4()), division=""
    )
    await pair.audit.bus.publish([message_of(forged)])
    gone = await pair.onlooker.hear("dead_letter_gone", forged.envelope.subject)
    assert (gone["source"], gone["causationid"]) == ("/jingzhun/notifications", str(forged.envelope.id))
    assert await pair.onlooker.letters() == []


async def test_audit_has_dead_letters_of_its_own(pair: Pair) -> None:
    poison = uuid4()
    pair.archiving.broken.add(str(poison))
    await pair.happens(poison, 1, 2)
    died = await pair.onlooker.hear("event_dead_lettered")
    assert (died["source"], died["data"]["consumer"]) == ("/jingzhun/audit", "audit")
    assert await rows(pair.audit, "SELECT FROM archive WHERE subject = $1", str(poison)) == []
    pair.archiving.broken.clear()
    await pair.onlooker.decide("replay", died["subject"])
    await pair.onlooker.hear("dead_letter_settled", died["subject"])
    archived = []
    async for event in pair.onlooker.operator.tail(type="case_withdrawn", subject=str(poison)):
        archived.append(event["sequence"])
        if len(archived) == 2:
            break
    assert archived == [1, 2]
    assert (await pair.onlooker.letter(died["subject"]))["state"] == "settled"


async def test_copies_of_the_dead_are_no_events_of_the_archive(pair: Pair) -> None:
    poison = uuid4()
    pair.handling.broken.add(str(poison))
    await pair.happens(poison, 1)
    letter = (await pair.onlooker.hear("event_dead_lettered"))["subject"]
    topic = "jingzhun.identification.v1.notifications.dlq"
    async with pair.audit.bus.subscribe("coroner", [topic]) as subscription:
        (copy,) = await subscription.receive(10, 30)
    assert copy.message.headers["kafka_dlt-id"] == letter
    assert await rows(pair.audit, "SELECT FROM archive WHERE topic LIKE '%.dlq'") == []
    await pair.onlooker.operator.page(type="case_withdrawn", subject=str(poison), wait=30)
    assert len(await rows(pair.audit, "SELECT FROM archive WHERE subject = $1", str(poison))) == 1
