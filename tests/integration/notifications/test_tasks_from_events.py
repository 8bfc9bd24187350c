"""Tasks come with the events that ask for something and go with those that settle it."""

import asyncio
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import orjson

from shared.events import identification as contract
from shared.events.notifications import TaskCancelled, TaskCompleted, TaskCreated
from shared.ids import new_id
from tests.fixtures.happenings import NOON, TOWNSHIP, VILLAGE, case_fields, happened, message_of
from tests.integration.notifications.offices import Notifications

CASE, LIST, THING = uuid4(), uuid4(), uuid4()
GROUP = "500229001001002"


def case(step: str, state: str = "open", case_id: UUID = CASE, **more: Any) -> dict[str, Any]:
    return case_fields(case_id, step, state, **more)


def flagged(case_id: UUID = CASE, suspect_id: UUID = THING) -> contract.CountyComparisonFlaggedSuspect:
    return contract.CountyComparisonFlaggedSuspect(
        **case("county_comparison", case_id=case_id), suspect_id=suspect_id, list_id=LIST
    )


def signed(level: str, outcome: str | None = None) -> contract.SuspectReverified:
    return contract.SuspectReverified(**case("county_comparison", suspect_id=THING, level=level, outcome=outcome))


PASSED_PUBLICITY = contract.CasePassedGroupPublicity(**case("survey"), list_id=LIST)
REJECTED = contract.CaseRejected(**case("survey", "rejected"), ground="officer_decision")
VILLAGE_TASK, TOWNSHIP_TASK = ("reverify_suspect", "village"), ("reverify_suspect", "township")
SURVEY, NOTICE, MESSAGE = ("survey_household", "surveyors"), ("post_notice", "village"), ("case_moved", "household")


async def test_a_suspect_is_verified_by_village_and_township(notifications: Notifications) -> None:
    await notifications.tell(flagged(), division=GROUP)
    rows = await notifications.rows("SELECT office, division, due_on::text FROM tasks ORDER BY office")
    assert [(row["office"], row["division"], row["due_on"]) for row in rows] == [
        ("township", TOWNSHIP, "2026-03-12"),
        ("village", VILLAGE, "2026-03-12"),
    ]
    await notifications.tell(signed("village"))
    assert await notifications.states() == {VILLAGE_TASK: "done", TOWNSHIP_TASK: "open"}
    await notifications.tell(signed("township", "refuted"))
    assert await notifications.states() == {VILLAGE_TASK: "done", TOWNSHIP_TASK: "done"}


async def test_who_sign_apart_verify_again_even_within_one_batch(notifications: Notifications) -> None:
    await notifications.tell(flagged(), signed("village"), signed("township"), signed("village"))
    rows = await notifications.rows("SELECT office, state FROM tasks ORDER BY id")
    assert sorted((row["office"], row["state"]) for row in rows) == [
        ("township", "done"),
        ("township", "open"),
        ("village", "done"),
        ("village", "done"),
    ]


async def test_a_survey_ends_with_a_verdict(notifications: Notifications) -> None:
    def surveyed(verdict: str) -> contract.HouseholdSurveyed:
        return contract.HouseholdSurveyed(**case("survey", assessment_id=THING, assessment_version=1, verdict=verdict))

    await notifications.tell(PASSED_PUBLICITY, surveyed("undetermined"))
    assert await notifications.states() == {SURVEY: "open"}
    await notifications.tell(surveyed("eligible"))
    assert await notifications.states() == {SURVEY: "done"}


async def test_an_objection_is_resolved(notifications: Notifications) -> None:
    raised = contract.ObjectionRaised(**case("group_appraisal"), objection_id=THING, list_id=LIST)
    await notifications.tell(raised)
    await notifications.tell(contract.ObjectionResolved(**case("survey"), objection_id=THING, outcome="dismissed"))
    assert await notifications.states() == {("resolve_objection", "verifiers"): "done"}


async def test_the_end_of_a_case_cancels_its_tasks_and_is_told(notifications: Notifications) -> None:
    await notifications.tell(PASSED_PUBLICITY, flagged(), REJECTED)
    assert await notifications.states() == {
        SURVEY: "cancelled",
        VILLAGE_TASK: "cancelled",
        TOWNSHIP_TASK: "cancelled",
        MESSAGE: "open",
    }


async def test_a_return_to_the_survey_asks_for_it_anew(notifications: Notifications) -> None:
    returned = contract.CaseReturned(**case("survey", returned_from="township_review"))
    await notifications.tell(PASSED_PUBLICITY, flagged(), returned)
    rows = await notifications.rows("SELECT state FROM tasks WHERE kind = 'survey_household' ORDER BY id")
    assert [row["state"] for row in rows] == ["cancelled", "open"]
    assert (await notifications.states())[VILLAGE_TASK] == "open"


APPRAISAL, PUBLICITY = uuid4(), uuid4()
HELD = contract.GroupAppraisalHeld(list_id=APPRAISAL, cases=4, passed=3)
LISTED = [uuid4() for _ in range(4)]


def appraised() -> list[contract.CaseAppraisedByGroup]:
    return [
        contract.CaseAppraisedByGroup(**case("group_appraisal", case_id=case_id), list_id=APPRAISAL, passed=number < 3)
        for number, case_id in enumerate(LISTED)
    ]


def publicised(*cases: UUID) -> list[contract.CasePublicisedInGroup]:
    return [
        contract.CasePublicisedInGroup(**case("group_appraisal", case_id=each), list_id=PUBLICITY) for each in cases
    ]


async def test_a_notice_is_posted_when_every_case_that_passed_was_publicised(notifications: Notifications) -> None:
    await notifications.tell(HELD, *appraised(), *publicised(*LISTED[:2]))
    assert await notifications.states() == {NOTICE: "open"}
    await notifications.tell(*publicised(LISTED[2]))
    assert await notifications.states() == {NOTICE: "done"}
    assert await notifications.rows("SELECT * FROM notice_cases") == []


async def test_a_case_withdrawn_before_the_posting_is_not_waited_for(notifications: Notifications) -> None:
    withdrawn = contract.CaseWithdrawn(**case("group_appraisal", "withdrawn", case_id=LISTED[2]))
    await notifications.tell(HELD, *appraised(), *publicised(*LISTED[:2]), withdrawn)
    assert (await notifications.states())[NOTICE] == "done"


async def test_the_header_of_a_list_may_come_last(notifications: Notifications) -> None:
    await notifications.tell(*appraised(), *publicised(*LISTED[:3]))
    await notifications.tell(HELD)
    assert await notifications.states() == {NOTICE: "done"}


async def test_replicas_that_settle_a_list_together_complete_its_notice(notifications: Notifications) -> None:
    await notifications.tell(*appraised())
    parts = [[HELD], *([event] for event in publicised(*LISTED[:3]))]
    await asyncio.gather(*(notifications.tell(*part) for part in parts))
    assert await notifications.states() == {NOTICE: "done"}


async def test_what_is_done_is_told_with_its_cause(notifications: Notifications) -> None:
    async with notifications.service.bus.subscribe("test", ["jingzhun.notifications.v1"]) as subscription:
        causes = await notifications.tell(PASSED_PUBLICITY, flagged(), signed("village"), REJECTED)
        told = []
        while len(told) < 7:
            deliveries = await subscription.receive(100, 10)
            assert deliveries
            told += [delivery.message for delivery in deliveries]
            await subscription.acknowledge(deliveries)
    kinds = sorted((message.headers["ce_type"], orjson.loads(message.value)["kind"]) for message in told)
    assert kinds == sorted(
        [
            (TaskCreated.type(), "survey_household"),
            (TaskCreated.type(), "reverify_suspect"),
            (TaskCreated.type(), "reverify_suspect"),
            (TaskCreated.type(), "case_moved"),
            (TaskCompleted.type(), "reverify_suspect"),
            (TaskCancelled.type(), "survey_household"),
            (TaskCancelled.type(), "reverify_suspect"),
        ]
    )
    assert {message.headers["ce_causationid"] for message in told} == {str(cause.envelope.id) for cause in causes}
    assert {message.headers["ce_correlationid"] for message in told} == {
        cause.envelope.correlation_id for cause in causes
    }


async def test_events_that_come_again_change_nothing(notifications: Notifications) -> None:
    received = [happened(PASSED_PUBLICITY), happened(flagged()), happened(REJECTED)]
    bus = notifications.service.bus
    await bus.publish([message_of(one) for one in received])
    async with bus.subscribe("test", ["jingzhun.notifications.v1"]) as subscription:
        told = 0
        while told < 7:
            told += len(await subscription.receive(100, 10))
    before = await notifications.rows("SELECT * FROM tasks ORDER BY id")
    await notifications.hear(received)
    assert await notifications.rows("SELECT * FROM tasks ORDER BY id") == before
    assert len(before) == 4


async def test_5000_events_in_one_batch(notifications: Notifications) -> None:
    cases = [new_id() for _ in range(5_000)]
    identified = [
        happened(
            contract.HouseholdIdentified(
                **case("announcement", "identified", case_id=each), list_id=LIST, registration_version=1
            )
        )
        for each in cases
    ]
    suspects = [happened(flagged(each, new_id()), at=NOON) for each in cases]
    for name, received in (("10000 verifications", suspects), ("5000 messages, 10000 cancelled", identified)):
        started = perf_counter()
        await notifications.hear(received)
        print(f"{name} of 5000 events in {perf_counter() - started:.2f} s")
    rows = await notifications.rows("SELECT kind, state, count(*) FROM tasks GROUP BY kind, state ORDER BY kind")
    assert [tuple(row.values()) for row in rows] == [
        ("case_moved", "open", 5_000),
        ("reverify_suspect", "cancelled", 10_000),
    ]
