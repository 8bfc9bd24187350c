"""What a page builds on: feeds that miss no change, tags that spare the same answer, lists with their filters."""

import asyncio
import random
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from services.identification.cases.domain import reject
from services.identification.cases.store import Act, decide, lock_cases, save
from services.identification.workflow import Stage, Step
from tests.integration.identification.cases import applied, appraise, many_cases, publicise
from tests.integration.identification.office import COUNTY, VILLAGE, Office

BEGINNING = "1970-01-01T00:00:00Z"


async def changed(office: Office, path: str, since: str) -> tuple[list[dict[str, Any]], str]:
    """Every item of the feed after a moment, page by page, and the moment to go on from: the first page's."""
    query = f"{path}?limit=3&updated_after={quote(since)}"
    answer = await office.get(query)
    assert answer.status_code == 200, answer.text
    items, until = answer.json()["items"], answer.headers["updated-until"]
    while (cursor := answer.json()["next"]) is not None:
        assert f"cursor={cursor}" in answer.headers["link"]
        answer = await office.get(f"{query}&cursor={cursor}")
        items += answer.json()["items"]
    return items, until


async def test_what_commits_late_is_not_missed(office: Office) -> None:
    """A transaction begins first and commits last: its changes bear a time that others have passed already."""
    late, early = await many_cases(office, 2, Step.TOWNSHIP_REVIEW, Stage.REVIEW)
    _, since = await changed(office, "/cases", BEGINNING)
    async with office.database.transaction() as slow:
        outcomes = decide(slow, await lock_cases(slow, [UUID(late)], None), reject)
        async with office.database.transaction() as quick:
            await save(quick, decide(quick, await lock_cases(quick, [UUID(early)], None), reject), Act())
        seen, since = await changed(office, "/cases", since)
        assert {one["id"] for one in seen if one["state"] == "rejected"} == {early}
        await save(slow, outcomes, Act())
    seen, _ = await changed(office, "/cases", since)
    assert late in {one["id"] for one in seen if one["state"] == "rejected"}


async def test_a_follower_sees_the_last_of_every_case(office: Office) -> None:
    """Writers that hold their transactions open for a while, and a follower who asks all the time."""
    cases = await many_cases(office, 30, Step.TOWNSHIP_REVIEW, Stage.REVIEW)
    known: dict[str, str] = {}
    chance, writing = random.Random(1), asyncio.Event()

    async def write(part: list[str]) -> None:
        for case in part:
            async with office.database.transaction() as transaction:
                outcomes = decide(transaction, await lock_cases(transaction, [UUID(case)], None), reject)
                await asyncio.sleep(chance.random() / 20)
                await save(transaction, outcomes, Act())

    async def follow() -> None:
        since = BEGINNING
        while True:
            last = writing.is_set()
            seen, since = await changed(office, "/cases", since)
            known.update((one["id"], one["state"]) for one in seen)
            if last:
                return

    follower = asyncio.create_task(follow())
    await asyncio.gather(*(write(cases[start::5]) for start in range(5)))
    writing.set()
    await follower
    assert known == dict.fromkeys(cases, "rejected")


async def test_every_list_with_a_changing_state_is_a_feed(office: Office) -> None:
    case = await applied(office)
    assert (await appraise(office, "group_appraisal", [case])).status_code == 201
    publicity = await publicise(office, "group_appraisal", [case])
    body = {"case_id": case, "grounds": "家中有车"}
    raised = await office.post(f"/publicities/{publicity}/objections", body, "village_cadre")
    objection = raised.json()["id"]
    later = quote((office.database.clock.now() + timedelta(days=1)).isoformat())
    for path in ("/cases", "/appraisals", "/publicities", "/objections", "/registrations", "/suspects", "/comparisons"):
        assert (await office.get(f"{path}?updated_after={later}")).json()["items"] == []
        assert (await office.get(f"{path}?updated_after={quote(BEGINNING)}")).headers["updated-until"]
        assert "updated-until" not in (await office.get(path)).headers
    await office.move_clock(9)
    assert [one["id"] for one in (await office.get(f"/publicities?updated_after={later}")).json()["items"]] == [
        publicity
    ]
    resolution = {"outcome": "dismissed", "reason": "查无此车"}
    assert (await office.post(f"/objections/{objection}/resolution", resolution, "village_cadre")).status_code == 200
    resolved = (await office.get(f"/objections?updated_after={later}")).json()["items"]
    assert [(one["id"], one["state"]) for one in resolved] == [(objection, "dismissed")]


async def test_objections_are_listed_by_what_is_asked(office: Office) -> None:
    cases = [await applied(office) for _ in range(2)]
    assert (await appraise(office, "group_appraisal", cases)).status_code == 201
    publicity = await publicise(office, "group_appraisal", cases)
    raised = []
    for case in cases:
        body = {"case_id": case, "grounds": "家中有车", "objector": "李四"}
        answer = await office.post(f"/publicities/{publicity}/objections", body, "village_cadre")
        raised.append(answer.json()["id"])
    await office.post(f"/objections/{raised[0]}/resolution", {"outcome": "upheld", "reason": "属实"}, "village_cadre")

    async def listed(query: str, role: str = "county_officer", division: str = COUNTY) -> list[str]:
        answer = await office.get(f"/objections{query}", role, division)
        assert "李四" not in answer.text
        return [one["id"] for one in answer.json()["items"]]

    assert await listed("") == raised
    assert await listed("?state=open") == raised[1:]
    assert await listed(f"?case_id={cases[0]}") == raised[:1]
    assert await listed(f"?publicity={publicity}") == raised
    assert await listed(f"?division={VILLAGE}") == raised
    assert await listed("", "village_cadre", "500229002001") == []
    assert (await office.get("/objections?division=500229002000", "village_cadre", VILLAGE)).status_code == 403
    assert (await office.get("/objections?state=strange")).status_code == 422
    (one,) = (await office.get("/objections?state=open", "village_cadre", VILLAGE)).json()["items"]
    assert one["available_actions"] == ["resolve"]


async def test_a_publicity_shows_what_the_clock_allows(office: Office) -> None:
    case = await applied(office)
    await appraise(office, "group_appraisal", [case])
    publicity = await publicise(office, "group_appraisal", [case])

    async def shown(role: str = "village_cadre", division: str = VILLAGE) -> list[str]:
        told: list[str] = (await office.get(f"/publicities/{publicity}", role, division)).json()["available_actions"]
        return told

    early = await office.post(f"/publicities/{publicity}/ending", {}, "village_cadre")
    assert (await shown(), early.json()["code"]) == (["object"], "publicity-not-over")
    assert await shown("supervisor", COUNTY) == []
    office.database.clock.offset += timedelta(days=8)
    body = {"case_id": case, "grounds": "家中有车"}
    late = await office.post(f"/publicities/{publicity}/objections", body, "village_cadre")
    assert (await shown(), late.json()["code"]) == (["confirm_ending"], "publicity-over")
    assert (await office.post(f"/publicities/{publicity}/ending", {}, "village_cadre")).status_code == 200
    assert await shown() == []


async def test_an_answer_the_caller_has_is_not_sent_again(office: Office) -> None:
    case = await applied(office)
    headers = office.headers("village_cadre", VILLAGE)
    for path in (f"/v1/cases/{case}", "/v1/workflows", "/v1/policies/500229000000/2026"):
        first = await office.client.get(path, headers=headers)
        tag = first.headers["etag"]
        known = await office.client.get(path, headers=headers | {"if-none-match": f'"other", W/{tag}'})
        assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    path = f"/v1/cases/{case}"
    tag = (await office.client.get(path, headers=headers)).headers["etag"]
    other = await office.client.get(path, headers=office.headers("auditor", COUNTY))
    assert other.headers["etag"] != tag
    await office.post(f"/cases/{case}/withdrawal", {"reason": "不再申请"}, "village_cadre")
    assert (await office.client.get(path, headers=headers | {"if-none-match": tag})).status_code == 200
    assert "etag" not in (await office.client.get("/v1/cases", headers=headers)).headers
