"""What officers see of tasks and do with them."""

import asyncio
from uuid import uuid4

import pytest

from shared.events import identification as contract
from tests.fixtures.happenings import COUNTY, TOWNSHIP, VILLAGE, case_fields
from tests.integration.notifications.offices import Json, Notifications

NEIGHBOUR = "500229001002"
CASE, SUSPECT = uuid4(), uuid4()
FLAGGED = contract.CountyComparisonFlaggedSuspect(
    **case_fields(CASE, "county_comparison"), suspect_id=SUSPECT, list_id=uuid4()
)


async def village_task(notifications: Notifications) -> Json:
    await notifications.tell(FLAGGED)
    [task] = await notifications.tasks("village_cadre", VILLAGE)
    return task


async def test_a_task_says_what_is_to_be_done_by_whom_and_when(notifications: Notifications) -> None:
    task = await village_task(notifications)
    told = {name: task[name] for name in ("kind", "title", "office", "roles", "division", "due_on", "state", "version")}
    assert told == {
        "kind": "reverify_suspect",
        "title": {"zh": "核实疑似问题", "en": "Re-verify the suspect"},
        "office": "village",
        "roles": ["village_cadre"],
        "division": VILLAGE,
        "due_on": "2026-03-12",
        "state": "open",
        "version": 1,
    }
    assert (task["subject_id"], task["case_id"]) == (str(SUSPECT), str(CASE))
    assert task["available_actions"] == ["complete"]
    answer = await notifications.get(f"/v1/tasks/{task['id']}", "village_cadre", VILLAGE)
    assert (answer.json(), answer.headers["etag"][:3]) == (task, '"1.')


@pytest.mark.parametrize(
    ("role", "division", "offices"),
    [
        ("village_cadre", VILLAGE, ["village"]),
        ("village_cadre", NEIGHBOUR, []),
        ("resident_cadre", VILLAGE, []),
        ("township_officer", TOWNSHIP, ["village", "township"]),
        ("township_officer", "500229002000", []),
        ("county_officer", COUNTY, ["village", "township"]),
        ("supervisor", COUNTY, ["village", "township"]),
        ("helper", VILLAGE, []),
        ("household_agent", VILLAGE, []),
    ],
)
async def test_everyone_sees_their_office_and_overseers_all(
    notifications: Notifications, role: str, division: str, offices: list[str]
) -> None:
    await notifications.tell(FLAGGED)
    assert [task["office"] for task in await notifications.tasks(role, division)] == offices


async def test_filters_and_pages(notifications: Notifications) -> None:
    cases = [uuid4() for _ in range(5)]
    events = [contract.CaseWithdrawn(**case_fields(each, "survey", "withdrawn")) for each in cases]
    await notifications.tell(*events[:3])
    await notifications.tell(*events[3:], division=NEIGHBOUR)
    await notifications.tell(FLAGGED)
    assert len(await notifications.tasks(kind="case_moved")) == 5
    assert len(await notifications.tasks(division=NEIGHBOUR)) == 2
    assert len(await notifications.tasks(case_id=str(CASE))) == 2
    assert await notifications.tasks(state="done") == []
    first = await notifications.get("/v1/tasks", limit=4)
    rest = await notifications.get("/v1/tasks", limit=4, cursor=first.json()["next"])
    found = [task["id"] for page in (first, rest) for task in page.json()["items"]]
    assert (len(found), len(set(found)), rest.json()["next"]) == (7, 7, None)


async def test_a_task_is_completed_once(notifications: Notifications) -> None:
    task = await village_task(notifications)
    answer = await notifications.complete(task["id"], "village_cadre", VILLAGE, {"note": "已入户核实"})
    done = answer.json()
    assert (answer.status_code, done["state"], done["note"], done["version"]) == (200, "done", "已入户核实", 2)
    assert done["completed_by"]
    assert done["available_actions"] == []
    again = await notifications.complete(task["id"], "village_cadre", VILLAGE)
    assert (again.status_code, again.json()["code"]) == (409, "task-closed")


async def test_of_many_at_once_one_completes_it(notifications: Notifications) -> None:
    task = await village_task(notifications)
    answers = await asyncio.gather(*(notifications.complete(task["id"], "village_cadre", VILLAGE) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5


async def test_the_same_key_gets_the_same_answer(notifications: Notifications) -> None:
    task = await village_task(notifications)
    key = {"Idempotency-Key": "once"}
    first = await notifications.complete(task["id"], "village_cadre", VILLAGE, **key)
    second = await notifications.complete(task["id"], "village_cadre", VILLAGE, **key)
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"


async def test_what_is_done_by_hand_stays_done_when_the_matter_is_settled(notifications: Notifications) -> None:
    task = await village_task(notifications)
    await notifications.complete(task["id"], "village_cadre", VILLAGE)
    signed = contract.SuspectReverified(
        **case_fields(CASE, "county_comparison"), suspect_id=SUSPECT, level="village", outcome=None
    )
    await notifications.tell(signed)
    [same] = await notifications.tasks("village_cadre", VILLAGE)
    assert (same["state"], same["version"]) == ("done", 2)


@pytest.mark.parametrize(
    ("role", "division", "status", "code"),
    [
        ("township_officer", TOWNSHIP, 403, "task-of-another-office"),
        ("county_officer", COUNTY, 403, "task-of-another-office"),
        ("village_cadre", NEIGHBOUR, 404, "not-found"),
        ("resident_cadre", VILLAGE, 404, "not-found"),
        ("supervisor", COUNTY, 403, "scope-missing"),
    ],
)
async def test_another_office_does_not_complete_it(
    notifications: Notifications, role: str, division: str, status: int, code: str
) -> None:
    task = await village_task(notifications)
    answer = await notifications.complete(task["id"], role, division)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await notifications.rows("SELECT state FROM tasks WHERE id = $1", task["id"]))[0]["state"] == "open"


async def test_bad_requests_are_refused(notifications: Notifications) -> None:
    task = await village_task(notifications)
    unknown = await notifications.complete(task["id"], "village_cadre", VILLAGE, {"remark": "x"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "request-invalid")
    missing = await notifications.complete(uuid4(), "village_cadre", VILLAGE)
    assert missing.status_code == 404
    outside = await notifications.get("/v1/tasks", "village_cadre", VILLAGE, division=NEIGHBOUR)
    assert (outside.status_code, outside.json()["code"]) == (403, "outside-area")
    odd = await notifications.get("/v1/tasks", kind="dance")
    assert odd.status_code == 422
