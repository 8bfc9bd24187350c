"""The view of dead letters: what it is made of, who sees what, what may be decided."""

import asyncio
from typing import Any
from uuid import uuid4

import orjson
import pytest

from shared.bus.port import Message
from shared.delivery.dispatch import Received
from shared.events import Event
from shared.events.delivery import (
    DeadLetterDiedAgain,
    DeadLetterGone,
    DeadLetterReplayed,
    DeadLetterSettled,
    DeadLetterSkipped,
)
from tests.fixtures.happenings import COUNTY, VILLAGE, delivered, happened, message_of
from tests.fixtures.services import RunningService
from tests.integration.audit.letters import HOUSEHOLDS, IDENTIFICATION, MOVED, death
from tests.integration.audit.readers import Json, Reader, put, put_events, rows

ELSEWHERE = "500230001001"
PATH = "/v1/dead-letters"
MENDED = {"reason": "程序已修复"}
LETTERS = [
    death(),
    death(division=ELSEWHERE, consumer="notifications", topic=IDENTIFICATION),
    death(division="", event_type=None, event_subject=None),
]
IDS = [one.envelope.subject for one in LETTERS]


def told(model: type[Any], letter: str, **more: Any) -> Received[Event]:
    return happened(model(letter_id=letter, consumer="identification", **more))


async def seen(reader: Reader, **query: Any) -> list[str]:
    answer = await reader.get(PATH, **query)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def shown(reader: Reader, letter: str) -> Json:
    answer = await reader.get(f"{PATH}/{letter}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def decided(reader: Reader, letter: str, action: str) -> Json:
    answer = await reader.post(f"{PATH}/{letter}/{action}", MENDED)
    assert answer.status_code == 202, answer.text
    found: Json = answer.json()
    return found


async def test_a_letter_shows_how_it_died_and_what_may_be_done(audit: RunningService, operator: Reader) -> None:
    await put_events(audit, LETTERS[0])
    letter = await shown(operator, IDS[0])
    event = orjson.loads(LETTERS[0].envelope.data)
    assert letter == {
        "id": IDS[0],
        "consumer": "identification",
        "topic": HOUSEHOLDS,
        "event_id": event["event_id"],
        "type": MOVED,
        "subject": event["event_subject"],
        "division": VILLAGE,
        "cause": "builtins.ValueError",
        "attempts": 8,
        "behind": 2,
        "first_failed_at": "2026-03-02T04:00:00Z",
        "died_at": "2026-03-02T04:09:00Z",
        "state": "dead",
        "predecessor": None,
        "successor": None,
        "decision": None,
        "available_actions": ["replay", "skip"],
    }
    assert (await shown(Reader(audit, "auditor", COUNTY), IDS[0]))["available_actions"] == []


async def test_a_replay_from_its_request_to_its_end(audit: RunningService, operator: Reader) -> None:
    await put_events(audit, LETTERS[0])
    letter = await decided(operator, IDS[0], "replay")
    decision = letter["decision"]
    assert (letter["state"], letter["available_actions"]) == ("replay_requested", [])
    assert (decision["action"], decision["reason"]) == ("replay", MENDED["reason"])
    await put_events(audit, told(DeadLetterReplayed, IDS[0], decision_id=decision["id"], behind=5))
    letter = await shown(operator, IDS[0])
    assert (letter["state"], letter["behind"]) == ("replayed", 5)
    await put_events(audit, told(DeadLetterSettled, IDS[0]))
    letter = await shown(operator, IDS[0])
    assert (letter["state"], letter["decision"]) == ("settled", decision)


async def test_who_dies_again_has_a_successor(audit: RunningService, operator: Reader) -> None:
    await put_events(audit, LETTERS[0])
    decision = (await decided(operator, IDS[0], "replay"))["decision"]
    again = death(predecessor=IDS[0])
    await put_events(
        audit,
        told(DeadLetterReplayed, IDS[0], decision_id=decision["id"], behind=0),
        again,
        told(DeadLetterDiedAgain, IDS[0], successor=again.envelope.subject),
    )
    first, second = await shown(operator, IDS[0]), await shown(operator, again.envelope.subject)
    assert (first["state"], first["successor"]) == ("died_again", second["id"])
    assert (second["state"], second["predecessor"]) == ("dead", first["id"])
    assert await seen(operator, state="dead") == [second["id"]]


@pytest.mark.parametrize(("answer", "end"), [(DeadLetterSkipped, "skipped"), (DeadLetterGone, "gone")])
async def test_a_skip_ends_as_the_consumer_tells(
    audit: RunningService, operator: Reader, answer: type[Any], end: str
) -> None:
    await put_events(audit, LETTERS[0])
    letter = await decided(operator, IDS[0], "skip")
    counted = {"behind": 0} if end == "skipped" else {}
    await put_events(audit, told(answer, IDS[0], decision_id=letter["decision"]["id"], **counted))
    assert (await shown(operator, IDS[0]))["state"] == end


async def test_a_decision_is_told_without_its_reason(audit: RunningService, operator: Reader) -> None:
    await put_events(audit, LETTERS[0])
    letter = await decided(operator, IDS[0], "skip")
    async for event in operator.tail(type="dead_letter_skip_requested"):
        expected = {"letter_id": IDS[0], "consumer": "identification", "decision_id": letter["decision"]["id"]}
        assert (event["data"], event["subject"], event["partitionkey"]) == (expected, IDS[0], IDS[0])
        assert (event["division"], event["sequence"]) == (VILLAGE, 2)
        break


@pytest.mark.parametrize(
    ("role", "division", "visible"),
    [
        ("operator", "500000000000", [0, 1, 2]),
        ("operator", COUNTY, [0, 2]),
        ("auditor", ELSEWHERE, [1, 2]),
    ],
)
async def test_everyone_sees_their_own_area(
    audit: RunningService, role: str, division: str, visible: list[int]
) -> None:
    await put_events(audit, *LETTERS)
    reader = Reader(audit, role, division)
    assert await seen(reader) == [IDS[number] for number in visible]
    for number, letter in enumerate(IDS):
        answer = await reader.get(f"{PATH}/{letter}")
        assert answer.status_code == (200 if number in visible else 404)


@pytest.mark.parametrize(
    ("query", "visible"),
    [
        ({"consumer": "notifications"}, [1]),
        ({"consumer": "kitchen"}, []),
        ({"topic": HOUSEHOLDS}, [0, 2]),
        ({"state": "dead"}, [0, 1, 2]),
        ({"state": "skipped"}, []),
        ({"type": MOVED}, [0, 1]),
        ({"type": "HouseholdMoved", "consumer": "identification"}, [0]),
        ({"type": "jingzhun.households.household_moved.v1"}, []),
        ({"division": COUNTY}, [0]),
    ],
)
async def test_filters(audit: RunningService, operator: Reader, query: dict[str, str], visible: list[int]) -> None:
    await put_events(audit, *LETTERS)
    assert await seen(operator, **query) == [IDS[number] for number in visible]


async def test_pages_follow_each_other(audit: RunningService, operator: Reader) -> None:
    await put_events(audit, *LETTERS)
    answer = await operator.get(PATH, limit=2)
    assert [item["id"] for item in answer.json()["items"]] == IDS[:2]
    link = answer.headers["link"]
    following = (await operator.get(link[1 : link.index(">")])).json()
    assert ([item["id"] for item in following["items"]], following["next"]) == (IDS[2:], None)
    assert (await operator.get(PATH, cursor=answer.json()["next"], limit=2)).json() == following


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"division": ELSEWHERE}, 403, "outside-area"),
        ({"state": "asleep"}, 422, "request-invalid"),
        ({"limit": 0}, 422, "request-invalid"),
        ({"cursor": "x"}, 422, "cursor-invalid"),
        ({"colour": "red"}, 422, "parameter-unknown"),
        ({"consumer": "\0"}, 422, "request-invalid"),
    ],
)
async def test_questions_refused(audit: RunningService, query: dict[str, str], status: int, code: str) -> None:
    answer = await Reader(audit, "operator", VILLAGE).get(PATH, **query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "request-invalid"),
        ({"reason": "  "}, 422, "request-invalid"),
        ({"reason": "x" * 501}, 422, "request-invalid"),
        ({"reason": "a\0b"}, 422, "request-invalid"),
        ({"reason": 7}, 422, "request-invalid"),
        (MENDED | {"payload": "{}"}, 422, "request-invalid"),
    ],
)
async def test_decisions_refused(audit: RunningService, operator: Reader, body: Json, status: int, code: str) -> None:
    await put_events(audit, LETTERS[0])
    for action in ("replay", "skip"):
        answer = await operator.post(f"{PATH}/{IDS[0]}/{action}", body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await shown(operator, IDS[0]))["state"] == "dead"
    assert await rows(audit, "SELECT * FROM dead_letter_decisions") == []


async def test_who_may_not_decide(audit: RunningService, operator: Reader) -> None:
    await put_events(audit, *LETTERS)
    path, unknown, abroad = (f"{PATH}/{letter}/skip" for letter in (IDS[0], uuid4(), IDS[1]))
    for reader, place, status, code in (
        (Reader(audit, "auditor", COUNTY), path, 403, "scope-missing"),
        (Reader(audit, "county_officer", COUNTY), path, 403, "scope-missing"),
        (Reader(audit, "operator", COUNTY), abroad, 404, "not-found"),
        (operator, unknown, 404, "not-found"),
    ):
        answer = await reader.post(place, MENDED)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await Reader(audit, "county_officer", COUNTY).get(PATH)).json()["code"] == "scope-missing"
    assert await rows(audit, "SELECT * FROM dead_letter_decisions") == []


async def test_one_decision_wins_and_a_repeated_key_gets_the_first_answer(
    audit: RunningService, operator: Reader
) -> None:
    await put_events(audit, LETTERS[0])
    paths = [f"{PATH}/{IDS[0]}/{action}" for action in ("replay", "skip")]
    answers = await asyncio.gather(*(operator.post(path, MENDED, key=path) for path in paths * 3))
    outcomes = sorted({(answer.status_code, answer.json().get("code")) for answer in answers}, key=str)
    assert outcomes == [(202, None), (409, "dead-letter-decided")]
    assert len({answer.text for answer in answers if answer.status_code == 202}) == 1
    assert len(await rows(audit, "SELECT * FROM dead_letter_decisions")) == 1
    (taken,) = {answer.json()["decision"]["action"] for answer in answers if answer.status_code == 202}
    again = await operator.post(f"{PATH}/{IDS[0]}/{taken}", {"reason": "another"}, key=f"{PATH}/{IDS[0]}/{taken}")
    assert again.json()["code"] == "idempotency-key-reused"


def _data(**changes: Any) -> Message:
    message = message_of(death())
    return message._replace(value=orjson.dumps(orjson.loads(message.value) | changes))


@pytest.mark.parametrize(
    "forged",
    [
        message_of(death())._replace(value=b"\xff\x00"),
        message_of(death())._replace(value=b"[]"),
        message_of(death())._replace(headers={"ce_type": death().envelope.type}),
        _data(consumer="张三"),
        _data(consumer="a\0b"),
        _data(topic="\n"),
        _data(cause="Error: 张三"),
        _data(attempts=2**31),
        _data(behind=-1),
        _data(died_at="0001-01-01T00:00:00+14:00"),
        _data(died_at="2026-03-02T04:00:00"),
        _data(event_type="com.example.weather.v1"),
        _data(event_subject="张三"),
        _data(payload="{}"),
        _data()._replace(value=message_of(death()).value.replace(b"builtins.ValueError", b"\\ud800")),
    ],
)
async def test_what_makes_no_sense_is_archived_and_makes_no_letter(
    audit: RunningService, operator: Reader, forged: Message
) -> None:
    await put(audit, [delivered(forged), delivered(message_of(LETTERS[0]), 2)])
    assert await seen(operator) == [IDS[0]]
    assert [row["value"] for row in await rows(audit, "SELECT value FROM archive ORDER BY position")] == [
        forged.value,
        message_of(LETTERS[0]).value,
    ]


async def test_a_division_that_is_none_is_no_division(audit: RunningService, operator: Reader) -> None:
    await put_events(audit, death(division="crimson"))
    (letter,) = await seen(operator)
    assert (await shown(operator, letter))["division"] is None


async def test_news_heard_twice_and_of_unknown_letters_change_nothing(audit: RunningService, operator: Reader) -> None:
    settled = told(DeadLetterSettled, IDS[0])
    await put_events(audit, told(DeadLetterSettled, str(uuid4())), LETTERS[0], settled)
    await put_events(audit, LETTERS[0], settled, told(DeadLetterReplayed, IDS[0], decision_id=uuid4(), behind=9))
    letter = await shown(operator, IDS[0])
    assert (letter["state"], letter["behind"], await seen(operator)) == ("settled", 2, [IDS[0]])
