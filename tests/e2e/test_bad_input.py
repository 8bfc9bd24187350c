"""Bad input through the gateway: each with its own problem code, nothing repeated, and nothing changed."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import orjson
import pytest

from shared.auth.keys import KeyRing
from shared.bus.topics import dead_letter_topic
from shared.ids import new_id
from tests.e2e.forgery import forged
from tests.e2e.strange_messages import strange_messages
from tests.e2e.strangers import COUNTY, Stranger
from tests.e2e.village import (
    OTHER_VILLAGE,
    REPRESENTATIVES,
    TOWNSHIP,
    VEHICLES,
    VILLAGE,
    Village,
    household,
    id_number,
    member,
)

HUGE = 100_000_000
BLOCK = bytes(1_000_000)
DEEP = 10_000
WRONG_ID = "500229198001010019"
DATASET = "/comparison-datasets?kind=vehicles"


@pytest.fixture
def stranger(village: Village) -> Stranger:
    return village.stranger


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("fresh", 409, "case-already-open"),
        ("urban", 422, "household-out-of-scope"),
        ("registered", 409, "household-already-registered"),
    ],
)
async def test_households_that_cannot_apply(village: Village, who: str, status: int, code: str) -> None:
    sending = village.stranger.post("/applications", village.application(who), "household_agent", VILLAGE)
    await village.stranger.refused(sending, status, code)


async def test_an_unknown_household(village: Village) -> None:
    body = village.application("newcomer") | {"household_id": str(uuid4())}
    sending = village.stranger.post("/applications", body, "household_agent", VILLAGE)
    await village.stranger.refused(sending, 404, "household-unknown")


async def test_a_wrong_check_digit(stranger: Stranger) -> None:
    body = household(900, members=[member(WRONG_ID)])
    problem = await stranger.refused(
        stranger.post("/households", body, "county_officer", COUNTY), 422, "id-number-invalid"
    )
    assert problem["errors"][0]["pointer"] == "/members/0/id_number"


async def test_lines_of_an_import_that_are_refused(stranger: Stranger) -> None:
    lines = [
        household(901, members=[member(WRONG_ID)]),
        household(902, address="一号\0"),
        household(903, colour="red"),
    ]
    content = b"\n".join([*map(orjson.dumps, lines), b'{"division":', b'"\xff"', b"[" * DEEP])
    before = await stranger.traces()
    answer = await stranger.upload("/household-imports", content, "application/x-ndjson", "county_officer", COUNTY)
    await stranger.settled()
    place = answer.headers["location"].removeprefix("/v1")
    done = (await stranger.get(place)).json()
    assert (answer.status_code, done["state"], done["registered"], done["refused"]) == (202, "succeeded", 0, 6)
    errors = await stranger.get(f"{place}/errors")
    codes = [(fault["line"], fault["code"]) for fault in errors.json()["items"]]
    assert codes[:2] == [(1, "id-number-invalid"), (2, "json-invalid")]
    assert codes[2:] == [(3, "extra-forbidden"), (4, "json-invalid"), (5, "json-invalid"), (6, "json-invalid")]
    assert WRONG_ID not in errors.text
    assert "colour" not in errors.text
    after = await stranger.traces()
    assert after["households"]["households"] == before["households"]["households"]
    assert after["households"]["members"] == before["households"]["members"]


@pytest.mark.parametrize(
    ("step", "of", "changes", "code"),
    [
        ("group_appraisal", "fresh", {"present": {"villager": 19}}, "quorum-not-met"),
        ("group_appraisal", "fresh", {"present": {"village_cadre": 25}}, "capacity-missing"),
        ("village_appraisal", "surveyed", {"present": REPRESENTATIVES | {"supervisor": 0}}, "capacity-missing"),
        ("group_appraisal", "fresh", {"roll": 24}, "votes-exceed-roll"),
    ],
)
async def test_meetings_that_do_not_count(
    village: Village, step: str, of: str, changes: dict[str, Any], code: str
) -> None:
    body = village.appraisal(step, of, **changes)
    await village.stranger.refused(village.stranger.post("/appraisals", body, "village_cadre", VILLAGE), 422, code)


async def test_more_votes_than_people(village: Village) -> None:
    body = village.appraisal("group_appraisal", "fresh")
    body["results"][0]["in_favour"] = 26
    sending = village.stranger.post("/appraisals", body, "village_cadre", VILLAGE)
    problem = await village.stranger.refused(sending, 422, "votes-exceed-roll")
    assert problem["cases"] == [village.cases["fresh"]]


async def test_an_officer_of_another_area(village: Village) -> None:
    body = village.appraisal("group_appraisal", "fresh")
    sending = village.stranger.post("/appraisals", body, "village_cadre", OTHER_VILLAGE)
    await village.stranger.refused(sending, 403, "outside-area")


async def test_a_list_with_a_case_of_another_step_is_refused_whole(village: Village) -> None:
    body = village.appraisal("group_appraisal", "fresh", "surveyed")
    sending = village.stranger.post("/appraisals", body, "village_cadre", VILLAGE)
    problem = await village.stranger.refused(sending, 409, "case-at-another-step")
    assert problem["cases"] == [village.cases["surveyed"]]


async def test_ending_a_publicity_early(village: Village) -> None:
    sending = village.stranger.post(f"/publicities/{village.publicity}/ending", {}, "village_cadre", VILLAGE)
    await village.stranger.refused(sending, 409, "publicity-not-over")


async def test_an_objection_after_the_end(village: Village) -> None:
    body = {"case_id": village.cases["surveying"], "grounds": "他家有两套房", "objector": "邻居老王"}
    path = f"/publicities/{village.past_publicity}/objections"
    await village.stranger.refused(village.stranger.post(path, body, "household_agent", VILLAGE), 409, "publicity-over")


async def test_a_review_by_the_officer_who_submitted(village: Village) -> None:
    headers = village.stranger.promoted("township_officer", TOWNSHIP, formerly=("village_cadre", VILLAGE))
    client, body = village.stranger.system.client, village.review("own", "reviewing")
    sending = client.post("/v1/township-reviews", json=body, headers=headers)
    await village.stranger.refused(sending, 403, "reviewer-submitted")


async def test_a_review_by_a_relative(village: Village) -> None:
    sending = village.stranger.post("/township-reviews", village.review("kin"), "township_officer", TOWNSHIP)
    problem = await village.stranger.refused(sending, 403, "officer-related")
    assert problem["households"] == [village.households["kin"]]


async def test_a_suspect_verified_twice(village: Village) -> None:
    path = f"/suspects/{village.suspects['signed']}/verification"
    sending = village.stranger.post(path, village.verification(), "village_cadre", VILLAGE)
    await village.stranger.refused(sending, 409, "suspect-already-verified")


async def test_an_announcement_with_open_suspects(village: Village) -> None:
    cases = [village.cases[one] for one in ("suspected", "fresh")]
    body = {"division": COUNTY, "title": "识别结果公告", "media": ["县电视台"], "cases": cases}
    sending = village.stranger.post("/announcements", body, "county_officer", COUNTY)
    problem = await village.stranger.refused(sending, 409, "suspect-open")
    assert problem["cases"] == [village.cases["suspected"]]


async def test_a_key_used_for_another_body(stranger: Stranger) -> None:
    headers = stranger.headers("county_officer", COUNTY)
    first = await stranger.system.client.post("/v1/households", json=household(910), headers=headers)
    assert first.status_code == 201
    sending = stranger.system.client.post("/v1/households", json=household(911), headers=headers)
    await stranger.refused(sending, 422, "idempotency-key-reused")


async def test_an_unknown_field(stranger: Stranger) -> None:
    body = household(912, favourite_colour="crimson")
    sending = stranger.post("/households", body, "county_officer", COUNTY)
    await stranger.refused(sending, 422, "request-invalid", unsaid=("favourite_colour",))


async def test_an_unknown_parameter(stranger: Stranger) -> None:
    await stranger.refused(stranger.get("/cases?colour=crimson"), 422, "parameter-unknown", unsaid=("colour",))


async def test_a_character_that_cannot_be_kept(stranger: Stranger) -> None:
    body = household(913, address="一号\0二号")
    await stranger.refused(stranger.post("/households", body, "county_officer", COUNTY), 422, "request-invalid")
    await stranger.refused(stranger.get("/cases?stage=a%00b"), 422, "request-invalid")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "2026-01-05T00:00:00"])
async def test_a_moment_that_cannot_be_told(stranger: Stranger, moment: str) -> None:
    for path in ("/cases", "/households"):
        await stranger.refused(stranger.get(f"{path}?updated_after={moment}"), 422, "request-invalid")


async def test_tokens_that_open_nothing(stranger: Stranger, tmp_path: Any) -> None:
    client, keys = stranger.system.client, KeyRing(stranger.system.settings.keys)
    good = stranger.system.tokens.of("county_officer", COUNTY)
    assert (await client.get("/v1/cases", headers={"Authorization": f"Bearer {good}"})).status_code == 200
    for what, token, code in forged(keys, good, tmp_path):
        for path in ("/v1/cases", "/v1/households", "/v1/tasks", "/v1/events", "/v1/me"):
            answer = await client.get(path, headers={"Authorization": f"Bearer {token}"})
            assert (what, path, answer.status_code, answer.json()["code"]) == (what, path, 401, code)
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert token not in answer.text
        command = client.post(
            "/v1/households",
            json=household(914),
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())},
        )
        await stranger.refused(command, 401, code, unsaid=(token,))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"id_number,colour\n1,red\n", "dataset-header-wrong"),
        (f"{VEHICLES}\n{id_number(1)},A1,car,x,2024-01-01\n{id_number(2)},A2\n".encode(), "dataset-row-broken"),
        (f'{VEHICLES}\n{id_number(1)},"A1,car,x,2024-01-01\n'.encode(), "dataset-row-broken"),
        (f"{VEHICLES}\n{id_number(1)},A\0,car,x,2024-01-01\n".encode(), "dataset-row-broken"),
        (b"", "dataset-empty"),
        (f"{VEHICLES}\n".encode(), "dataset-empty"),
        (VEHICLES.encode() + b"\n\xff\xff,A1,car,x,2024-01-01\n", "dataset-encoding-unknown"),
    ],
)
async def test_extracts_that_are_refused(stranger: Stranger, content: bytes, code: str) -> None:
    sending = stranger.upload(DATASET, content, "text/csv", "county_officer", COUNTY)
    await stranger.refused(sending, 422, code, unsaid=(id_number(1), id_number(2), "A1"))


async def _chunks() -> AsyncIterator[bytes]:
    for _ in range(HUGE // len(BLOCK)):
        yield BLOCK


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/households", "application/json"), (DATASET, "text/csv"), ("/household-imports", "application/x-ndjson")],
)
async def test_a_body_of_a_hundred_megabytes(stranger: Stranger, path: str, media_type: str, chunked: bool) -> None:
    content = _chunks() if chunked else bytes(HUGE)
    sending = stranger.upload(path, content, media_type, "county_officer", COUNTY)
    await stranger.refused(sending, 413, "body-too-large")


@pytest.mark.parametrize("content", [b"[" * DEEP + b"]" * DEEP, b'{"division":' * DEEP + b"1" + b"}" * DEEP])
async def test_json_nested_without_end(stranger: Stranger, content: bytes) -> None:
    sending = stranger.upload("/households", content, "application/json", "county_officer", COUNTY)
    await stranger.refused(sending, 422, "request-invalid")


async def test_strange_messages_on_the_bus(village: Village) -> None:
    """Archived, and dead-lettered where they cannot be read; whatever else is said goes on."""
    stranger, bus = village.stranger, village.stranger.system.system.services["identification"].context.bus
    strange = list(strange_messages())
    lost = [message for message, given_up in strange if given_up]
    before = await stranger.traces()
    await bus.publish([message for message, _ in strange])
    late = await stranger.made("/households", household(920), "county_officer", COUNTY)
    await stranger.settled()
    async with bus.subscribe("coroner", [dead_letter_topic(lost[0].topic, "identification")]) as subscription:
        dead = await subscription.receive(10, 30)
    assert {one.message.value for one in dead} == {message.value for message in lost}
    after = await stranger.traces()
    assert after["identification"]["parked"] - before["identification"]["parked"] == len(lost)
    told = len(strange) + len(lost) + 1  # each of the lost is told of once
    assert after["audit"]["archive"] - before["audit"]["archive"] == told
    village.households["late"] = late["id"]
    await village.apply("late")
    assert "jingzhun_dead_keys{" in (await stranger.system.client.get("/metrics")).text
