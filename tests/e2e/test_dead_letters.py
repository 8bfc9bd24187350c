"""A stranger's garbage on the bus, from the gateway and the terminal of whoever has to decide about it."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from shared.bus.port import Message
from shared.embedded import EmbeddedPostgres
from shared.events import Event
from shared.events.audit import DeadLetterReplayRequested, DeadLetterSkipRequested
from shared.events.delivery import DeadLetterDiedAgain, DeadLetterReplayed, DeadLetterSkipped, EventDeadLettered
from shared.events.gateway import PolicyClockAdvanced
from shared.events.identification import HouseholdIdentified
from tests.contract.asyncapi.kept import faults
from tests.e2e.command_line import Place, command
from tests.e2e.strangers import COUNTY, Json, Stranger
from tests.e2e.tapping import tap_of
from tests.fixtures.happenings import case_fields, happened, message_of
from tests.fixtures.services import running_system

CONSUMERS = ["households", "notifications"]
TOPIC = "jingzhun.identification.v1"


@pytest_asyncio.fixture(loop_scope="session")
async def stranger(database_server: EmbeddedPostgres, tmp_path: Any) -> AsyncIterator[Stranger]:
    async with running_system(database_server, tmp_path) as system:
        yield Stranger(system)


async def put(stranger: Stranger, *messages: Message) -> None:
    await stranger.system.system.services["audit"].context.bus.publish(messages)
    await stranger.settled()


async def letters(stranger: Stranger, query: str = "") -> list[Json]:
    answer = await stranger.get(f"/dead-letters{query}", "operator")
    assert answer.status_code == 200, answer.text
    return sorted(answer.json()["items"], key=lambda letter: str(letter["consumer"]))


async def kept(server: EmbeddedPostgres) -> set[type[Event]]:
    """What the system told: all of it keeps the contract, the copies on dead-letter topics too."""
    ours = [message for message in await tap_of(server, {})() if message.topic != TOPIC]
    assert [fault for message in ours for fault in faults(message)] == []
    copies, events = ([one for one in ours if one.topic.endswith(".dlq") is dead] for dead in (True, False))
    assert {message.topic for message in copies} == {f"{TOPIC}.{consumer}.dlq" for consumer in CONSUMERS}
    return {Event.contracts()[message.headers["ce_type"]] for message in events} - {PolicyClockAdvanced}


def tomorrow() -> Message:
    """A version that this build cannot read."""
    told = {"list_id": uuid4(), "registration_version": 1}
    message = message_of(happened(HouseholdIdentified(**case_fields(uuid4(), "announcement", "identified", **told))))
    return message._replace(headers=message.headers | {"ce_type": message.headers["ce_type"].replace(".v1", ".v999")})


async def operating(stranger: Stranger, *words: str) -> tuple[int, str, str]:
    place = Place(stranger.system.settings.port, stranger.system.settings.data)
    return await command(place, "dead-letters", *words, "--token", stranger.system.tokens.of("operator", COUNTY))


@pytest.mark.slow
async def test_garbage_is_seen_and_skipped_and_every_key_goes_on(
    stranger: Stranger, database_server: EmbeddedPostgres
) -> None:
    await put(stranger, Message(TOPIC, "garbage", {}, b"\xff\x00\xfe"), tomorrow())
    found = await letters(stranger, "?state=dead")
    assert [letter["consumer"] for letter in found] == sorted(CONSUMERS * 2)
    assert {(letter["type"], letter["cause"].rpartition(".")[2]) for letter in found} == {
        (None, "MalformedEvent"),
        ("jingzhun.identification.household_identified.v999", "UnknownVersion"),
    }
    assert (await stranger.get("/dead-letters")).status_code == 403
    assert [one["id"] for one in (await stranger.get("/dead-letters", "auditor")).json()["items"]]

    *others, last = found
    for letter in others:
        await stranger.made(f"/dead-letters/{letter['id']}/skip", {"reason": "误发"}, "operator", COUNTY)
    status, output, errors = await operating(stranger, "skip", last["id"], "--reason", "误发 by mistake")
    assert (status, errors) == (0, "")
    assert "skip_requested" in output
    await stranger.settled()
    assert {letter["state"] for letter in await letters(stranger)} == {"skipped"}
    traces = await stranger.traces()
    assert [traces[consumer]["parked"] for consumer in CONSUMERS] == [0, 0]
    assert [traces[consumer]["parked_decisions"] for consumer in CONSUMERS] == [2, 2]
    assert await kept(database_server) == {EventDeadLettered, DeadLetterSkipRequested, DeadLetterSkipped}


@pytest.mark.slow
async def test_at_a_terminal(stranger: Stranger, database_server: EmbeddedPostgres) -> None:
    await put(stranger, tomorrow())
    first, second = await letters(stranger)
    status, output, _ = await operating(stranger, "list", "--state", "dead", "--consumer", "notifications")
    assert (status, first["id"] in output, second["id"] in output) == (0, False, True)

    words = ("replay", second["id"], "--reason", "再试 once more")
    assert (await operating(stranger, *words))[0] == 0
    await stranger.settled()
    assert (await operating(stranger, *words))[0] == 0  # the same command again: nothing is done twice
    (again,) = await letters(stranger, "?state=dead&consumer=notifications")
    assert (again["predecessor"], len(await letters(stranger))) == (second["id"], 3)
    shown = (await operating(stranger, "show", second["id"]))[1]
    assert ("died_again" in shown, "再试 once more" in shown, second["event_id"] in shown) == (True, True, True)

    status, _, errors = await operating(stranger, "skip", second["id"], "--reason", "late")
    assert (status, "dead-letter-decided" in errors, "Traceback" in errors) == (1, True, False)
    assert (await operating(stranger, "skip", again["id"]))[0] == 2  # a reason is required
    told = {EventDeadLettered, DeadLetterReplayRequested, DeadLetterReplayed, DeadLetterDiedAgain}
    assert await kept(database_server) == told
