"""Who gets what to do: event in, tasks and endings out."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifications.domain import (
    NewTask,
    assigned,
    available_actions,
    cancelled,
    division_of,
    offices_seen_by,
    settled,
    waves,
)
from services.notifications.rules import ASSIGNMENTS, EVENTS, HOUSEHOLD, KINDS, OFFICES, TOWNSHIP, VILLAGE
from shared.auth.roles import ROLES
from shared.events import Event
from shared.events import identification as contract
from shared.events.notifications import TaskCreated
from tests.fixtures.happenings import TOWNSHIP as TOWNSHIP_CODE
from tests.fixtures.happenings import VILLAGE as VILLAGE_CODE
from tests.fixtures.happenings import case_fields, happened

CASE, LIST, THING = UUID(int=2**100), uuid4(), uuid4()
GROUP_CODE = "500229001001002"


def case(step: str, state: str = "open", **more: Any) -> dict[str, Any]:
    return case_fields(CASE, step, state, **more)


FLAGGED = contract.CountyComparisonFlaggedSuspect(**case("county_comparison"), suspect_id=THING, list_id=LIST)
REJECTED = contract.CaseRejected(**case("survey", "rejected"), ground="ineligible")


def signed(level: str, outcome: str | None = None) -> contract.SuspectReverified:
    return contract.SuspectReverified(**case("county_comparison", suspect_id=THING, level=level, outcome=outcome))


def surveyed(verdict: str) -> contract.HouseholdSurveyed:
    return contract.HouseholdSurveyed(**case("survey", assessment_id=THING, assessment_version=1, verdict=verdict))


def returned(step: str) -> contract.CaseReturned:
    return contract.CaseReturned(**case(step, returned_from="township_review"))


def tasks_of(event: Event, division: str = VILLAGE_CODE) -> list[NewTask]:
    return assigned([happened(event, division=division)])


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (FLAGGED, [("reverify_suspect", "village"), ("reverify_suspect", "township")]),
        (signed("village"), []),
        (signed("township", "cleared"), []),
        (signed("township"), [("reverify_suspect", "village"), ("reverify_suspect", "township")]),
        (contract.GroupAppraisalHeld(list_id=LIST, cases=3, passed=2), [("post_notice", "village")]),
        (contract.GroupAppraisalHeld(list_id=LIST, cases=3, passed=0), []),
        (contract.VillageAppraisalHeld(list_id=LIST, cases=3, passed=1), [("post_notice", "village")]),
        (contract.CasePassedGroupPublicity(**case("survey"), list_id=LIST), [("survey_household", "surveyors")]),
        (
            contract.ObjectionRaised(**case("group_appraisal"), objection_id=THING, list_id=LIST),
            [("resolve_objection", "verifiers")],
        ),
        (REJECTED, [("case_moved", "household")]),
        (contract.CaseWithdrawn(**case("survey", "withdrawn")), [("case_moved", "household")]),
        (
            contract.HouseholdIdentified(**case("announcement", "identified"), list_id=LIST, registration_version=1),
            [("case_moved", "household")],
        ),
        (returned("group_appraisal"), [("case_moved", "household")]),
        (returned("survey"), [("survey_household", "surveyors"), ("case_moved", "household")]),
    ],
)
def test_an_event_gives_its_offices_something_to_do(event: Event, expected: list[tuple[str, str]]) -> None:
    assert [(task.kind, task.office) for task in tasks_of(event)] == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (signed("village"), [("reverify_suspect", THING, "village")]),
        (signed("township", "refuted"), [("reverify_suspect", THING, "township")]),
        (surveyed("eligible"), [("survey_household", CASE, None)]),
        (surveyed("ineligible"), [("survey_household", CASE, None)]),
        (surveyed("undetermined"), []),
        (
            contract.ObjectionResolved(**case("survey"), objection_id=THING, outcome="dismissed"),
            [("resolve_objection", THING, None)],
        ),
        (FLAGGED, []),
    ],
)
def test_an_event_settles_what_it_answers(event: Event, expected: list[tuple[str, UUID, str | None]]) -> None:
    assert [(end.kind, end.subject_id, end.office) for end in settled([happened(event)])] == expected


def test_the_end_of_a_case_voids_what_was_to_be_done_about_it() -> None:
    [(case_id, kinds, _)] = cancelled([happened(REJECTED)])
    assert (case_id, set(kinds)) == (CASE, {"survey_household", "resolve_objection", "reverify_suspect"})


def test_a_return_voids_the_survey_alone() -> None:
    [(_, kinds, _)] = cancelled([happened(returned("application"))])
    assert kinds == ["survey_household"]


def test_a_task_is_due_days_after_the_event_by_the_calendar_of_china() -> None:
    [village, _] = tasks_of(FLAGGED)
    assert village.due_on == date(2026, 3, 12)
    [message] = tasks_of(REJECTED)
    assert message.due_on is None


def test_offices_stand_above_the_case_at_their_level() -> None:
    assert division_of(VILLAGE, GROUP_CODE) == VILLAGE_CODE
    assert division_of(TOWNSHIP, GROUP_CODE) == TOWNSHIP_CODE
    assert division_of(HOUSEHOLD, GROUP_CODE) == GROUP_CODE


def test_waves_hold_each_subject_once_and_keep_its_order() -> None:
    other = UUID(int=CASE.int + 1)
    events = [
        happened(signed("village")),
        happened(signed("township")),
        happened(contract.CaseWithdrawn(**case_fields(other, "survey", "withdrawn"))),
        happened(signed("village")),
    ]
    parts = list(waves(events))
    assert [[one.envelope.subject for one in part] for part in parts] == [
        [str(CASE), str(other)],
        [str(CASE)],
        [str(CASE)],
    ]
    assert [part[0] for part in parts] == [events[0], events[1], events[3]]


def test_every_kind_and_office_is_used_and_known() -> None:
    assert {rule.kind.name for rule in ASSIGNMENTS} == set(KINDS)
    assert {rule.office.name for rule in ASSIGNMENTS} == set(OFFICES)
    kinds = TaskCreated.model_fields["kind"].annotation
    assert set(KINDS) == set(kinds.__args__)  # type: ignore[union-attr]
    assert all(event.service() == "identification" for event in EVENTS)


def test_every_role_of_an_office_may_read_and_do_tasks() -> None:
    for office in OFFICES.values():
        for role in office.roles:
            assert {"tasks:read", "tasks:write"} <= ROLES[role]


def test_overseers_see_all_offices_and_do_their_own() -> None:
    assert offices_seen_by("village_cadre") == ["village", "surveyors", "verifiers"]
    assert offices_seen_by("supervisor") == list(OFFICES)
    assert offices_seen_by("helper") == []
    scopes = ROLES["township_officer"]
    assert available_actions("township_officer", "township", "open", scopes) == ["complete"]
    assert available_actions("township_officer", "village", "open", scopes) == []
    assert available_actions("township_officer", "township", "done", scopes) == []
