"""A case's timeline, with its lists and tasks, for whoever has the area."""

from typing import Any
from uuid import uuid4

from shared.bus.port import Message
from shared.events.identification import (
    CasePassedGroupPublicity,
    CasePublicisedInGroup,
    GroupPublicityEnded,
    HouseholdSurveyed,
)
from shared.events.notifications import TaskCompleted, TaskCreated
from tests.fixtures.happenings import COUNTY, VILLAGE, case_fields, delivered, happened, message_of
from tests.fixtures.services import RunningService
from tests.integration.audit.readers import Reader, put, put_events

CASE, LIST, TASK = uuid4(), uuid4(), uuid4()
PUBLICISED = happened(CasePublicisedInGroup(**case_fields(CASE, "group_appraisal"), list_id=LIST), sequence=4)
PASSED = happened(CasePassedGroupPublicity(**case_fields(CASE, "survey"), list_id=LIST), sequence=5)
ENDED = happened(GroupPublicityEnded(list_id=LIST, cases=1), sequence=2, division="500229001000")
CREATED = happened(TaskCreated(task_id=TASK, kind="survey_household", case_id=CASE), cause=PASSED.envelope)
SURVEYED = happened(
    HouseholdSurveyed(
        **case_fields(CASE, "village_appraisal"), assessment_id=uuid4(), assessment_version=1, verdict="eligible"
    ),
    sequence=6,
)
COMPLETED = happened(TaskCompleted(task_id=TASK, kind="survey_household", completed_by=None), sequence=2)
OTHER = happened(CasePublicisedInGroup(**case_fields(uuid4(), "group_appraisal"), list_id=LIST))


async def timeline(audit: RunningService, role: str, division: str) -> list[dict[str, Any]]:
    answer = await Reader(audit, role, division).get(f"/v1/timelines/{CASE}")
    assert answer.status_code == 200, answer.text
    entries: list[dict[str, Any]] = answer.json()["entries"]
    return entries


async def test_it_tells_the_case_its_lists_and_its_tasks(audit: RunningService) -> None:
    await put_events(audit, ENDED, SURVEYED, COMPLETED, CREATED, OTHER, PASSED, PUBLICISED)
    entries = await timeline(audit, "county_officer", COUNTY)
    assert [(entry["name"], entry["sequence"]) for entry in entries if entry["subject"] == str(CASE)] == [
        ("case_publicised_in_group", 4),
        ("case_passed_group_publicity", 5),
        ("household_surveyed", 6),
    ]
    related = {entry["name"]: entry for entry in entries if entry["subject"] != str(CASE)}
    assert related.keys() == {"group_publicity_ended", "task_created", "task_completed"}
    names = [entry["name"] for entry in entries]
    assert names.index("task_created") > names.index("case_passed_group_publicity")
    assert related["task_created"]["title"] == {"zh": "下达任务", "en": "Task created"}
    assert related["task_created"]["data"]["kind"] == "survey_household"


async def test_lists_of_a_wider_area_are_not_shown(audit: RunningService) -> None:
    await put_events(audit, PASSED, ENDED)
    entries = await timeline(audit, "village_cadre", VILLAGE)
    assert [entry["name"] for entry in entries] == ["case_passed_group_publicity"]


async def test_a_case_outside_the_area_is_not_there(audit: RunningService) -> None:
    await put_events(audit, PASSED, ENDED)
    answer = await Reader(audit, "village_cadre", "500229001002").get(f"/v1/timelines/{CASE}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_a_strangers_message_about_the_case_breaks_nothing(audit: RunningService) -> None:
    await put_events(audit, PASSED)
    headers = message_of(PASSED).headers
    odd = [
        {"ce_subject": str(CASE), "ce_division": VILLAGE},
        {**headers, "ce_id": str(uuid4()), "ce_type": "org.example.thing"},
        {**headers, "ce_id": str(uuid4()), "ce_time": "never"},
    ]
    await put(audit, [delivered(Message("t", "", each, b"\xff{"), place) for place, each in enumerate(odd)])
    entries = await timeline(audit, "county_officer", COUNTY)
    assert [(entry["name"], entry["data"] == {}) for entry in entries] == [
        ("case_passed_group_publicity", False),
        ("org.example.thing", True),
    ]
