"""The rules of single actions, as the reading tells them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.identification.cases import domain
from services.identification.cases.case import ActionRefused, Case
from services.identification.cases.domain import Caller, available_actions
from services.identification.workflow import Stage, Step
from shared.auth.roles import ROLES
from tests.unit.identification.cases.acting import LIST, NOW, REVIEWER, SUBMITTER, case_at


def names(outcome: domain.Outcome) -> list[str]:
    return [type(event).__name__ for event in outcome.events]


def test_a_submitted_application_is_accepted_at_once() -> None:
    outcome = domain.submit(case_at(Step.APPLICATION, Stage.SUBMISSION))
    assert names(outcome) == ["ApplicationSubmitted", "ApplicationAccepted"]
    assert outcome.case.step is Step.GROUP_APPRAISAL
    assert outcome.case.version == 2


@pytest.mark.parametrize("step", [Step.GROUP_APPRAISAL, Step.VILLAGE_APPRAISAL])
def test_a_case_that_does_not_pass_its_appraisal_is_rejected(step: Step) -> None:
    outcome = domain.appraise(case_at(step, Stage.APPRAISAL), LIST, passed=False)
    assert outcome.case.state == "rejected"
    assert names(outcome)[-1] == "CaseRejected"


def test_the_survey_goes_on_while_an_objection_is_verified_but_the_village_waits() -> None:
    posted = case_at(Step.GROUP_APPRAISAL, Stage.PUBLICITY)
    objected = domain.raise_objection(posted, uuid4(), NOW).case
    surveyed = domain.survey(domain.end_publicity(objected, NOW + timedelta(days=7)).case, uuid4(), 1, "eligible")
    assert surveyed.case.step is Step.VILLAGE_APPRAISAL
    with pytest.raises(ActionRefused) as refused:
        domain.appraise(surveyed.case, LIST, passed=True)
    assert refused.value.code == "objection-open"
    free = domain.resolve_objection(surveyed.case, uuid4(), "dismissed").case
    assert domain.appraise(free, LIST, passed=True).case.stage is Stage.POSTING


def test_an_open_objection_holds_its_case_in_the_village_beyond_the_end() -> None:
    objected = domain.raise_objection(case_at(Step.VILLAGE_APPRAISAL, Stage.PUBLICITY), uuid4(), NOW).case
    held = domain.end_publicity(objected, NOW + timedelta(days=7)).case
    assert (held.step, held.publicity_over) == (Step.VILLAGE_APPRAISAL, True)
    passed = domain.resolve_objection(held, uuid4(), "dismissed")
    assert passed.case.step is Step.TOWNSHIP_REVIEW
    assert names(passed) == ["ObjectionResolved", "CasePassedVillagePublicity"]


def test_an_upheld_objection_rejects_or_sends_back() -> None:
    objected = domain.raise_objection(case_at(Step.VILLAGE_APPRAISAL, Stage.PUBLICITY), uuid4(), NOW).case
    assert domain.resolve_objection(objected, uuid4(), "upheld").case.state == "rejected"
    back = domain.resolve_objection(objected, uuid4(), "upheld", return_to=Step.SURVEY).case
    assert (back.step, back.stage, back.verdict, back.list_id) == (Step.SURVEY, Stage.VISIT, None, None)


def test_nobody_objects_after_the_end_and_nobody_ends_it_early() -> None:
    posted = case_at(Step.GROUP_APPRAISAL, Stage.PUBLICITY)
    with pytest.raises(ActionRefused) as late:
        domain.raise_objection(posted, uuid4(), NOW + timedelta(days=7))
    assert late.value.code == "publicity-over"
    with pytest.raises(ActionRefused) as early:
        domain.end_publicity(posted, NOW + timedelta(days=6, hours=23))
    assert early.value.code == "publicity-not-over"


def test_the_clock_alone_moves_a_case_whose_timer_has_not_fired() -> None:
    posted = case_at(Step.GROUP_APPRAISAL, Stage.PUBLICITY)
    assert domain.catch_up(posted, NOW).case == posted
    assert domain.catch_up(posted, NOW + timedelta(days=7)).case.step is Step.SURVEY


@pytest.mark.parametrize(
    ("verdict", "state", "step"),
    [
        ("eligible", "open", Step.VILLAGE_APPRAISAL),
        ("ineligible", "rejected", Step.SURVEY),
        ("undetermined", "open", Step.SURVEY),
    ],
)
def test_the_verdict_decides_after_the_survey(verdict: str, state: str, step: Step) -> None:
    case = domain.survey(case_at(Step.SURVEY, Stage.VISIT), uuid4(), 1, verdict).case
    assert (case.state, case.step, case.verdict) == (state, step, verdict)


def test_nobody_reviews_what_they_submitted() -> None:
    case = case_at(Step.TOWNSHIP_REVIEW, Stage.REVIEW)
    with pytest.raises(ActionRefused) as refused:
        domain.review(case, LIST, "approve", SUBMITTER)
    assert refused.value.code == "reviewer-submitted"
    assert domain.review(case, LIST, "approve", REVIEWER).case.step is Step.COUNTY_COMPARISON


def test_suspects_are_verified_never_rejected_by_themselves() -> None:
    one, two = uuid4(), uuid4()
    flagged = domain.compare(case_at(Step.COUNTY_COMPARISON, Stage.COMPARISON), LIST, [one, two])
    assert names(flagged) == ["CaseCompared", *["CountyComparisonFlaggedSuspect"] * 2]
    assert (flagged.case.state, flagged.case.stage, flagged.case.open_suspects) == ("open", Stage.VERIFICATION, 2)
    signed = domain.verify_suspect(flagged.case, one, "village", None).case
    assert signed.open_suspects == 2
    refuted = domain.verify_suspect(signed, one, "township", "refuted").case
    assert (refuted.open_suspects, refuted.stage) == (1, Stage.VERIFICATION)
    assert domain.verify_suspect(refuted, two, "township", "cleared").case.step is Step.DATA_CLEANING
    assert domain.verify_suspect(refuted, two, "township", "confirmed").case.state == "rejected"


def test_data_issues_hold_a_case_until_they_are_mended() -> None:
    issue = uuid4()
    held = domain.clean(case_at(Step.DATA_CLEANING, Stage.CLEANING), LIST, found=[issue], mended=[], verdict=None)
    assert (held.case.step, held.case.open_issues) == (Step.DATA_CLEANING, 1)
    clean = domain.clean(held.case, LIST, found=[], mended=[issue], verdict="eligible")
    assert names(clean) == ["DataIssueMended", "CaseCleaned"]
    assert (clean.case.step, clean.case.open_issues) == (Step.ANNOUNCEMENT, 0)


@pytest.mark.parametrize(
    ("changes", "verdict", "code"),
    [
        ({"open_suspects": 1}, "eligible", "suspect-open"),
        ({"open_objections": 1}, "eligible", "objection-open"),
        ({}, "ineligible", "not-eligible"),
        ({}, "undetermined", "not-eligible"),
    ],
)
def test_what_keeps_a_case_from_being_announced(changes: dict[str, int], verdict: str, code: str) -> None:
    case = case_at(Step.ANNOUNCEMENT, Stage.PUBLICATION)._replace(**changes)
    with pytest.raises(ActionRefused) as refused:
        domain.announce(case, LIST, verdict=verdict, registration_version=1)
    assert refused.value.code == code


OFFICER = UUID(int=77)


def told(case: Case, role: str, division: str = "500229001001", officer: UUID | None = OFFICER) -> list[str]:
    return available_actions(case, Caller(ROLES[role], officer, role, division), NOW)


def test_available_actions_follow_the_workflow_and_the_callers_scopes() -> None:
    case = case_at(Step.GROUP_APPRAISAL, Stage.APPRAISAL)
    assert told(case, "village_cadre") == ["appraise", "reject", "return", "withdraw"]
    assert told(case, "township_officer") == ["reject", "return"]
    assert told(case, "auditor") == []
    assert told(case, "village_cadre", officer=None) == []
    assert told(case._replace(state="rejected"), "village_cadre") == []


def test_available_actions_know_the_clock_and_the_officer() -> None:
    posted = case_at(Step.GROUP_APPRAISAL, Stage.PUBLICITY)._replace(
        list_id=LIST, publicity_ends_at=NOW + timedelta(hours=1)
    )
    assert "object" in told(posted, "village_cadre")
    assert told(posted, "household_agent", officer=None) == ["object"]
    assert "survey" in told(posted._replace(publicity_ends_at=NOW), "village_cadre")
    reviewed = case_at(Step.TOWNSHIP_REVIEW, Stage.REVIEW)._replace(submitted_by=UUID(int=5))
    assert "review" in told(reviewed, "township_officer")
    assert "review" not in told(reviewed, "township_officer", officer=UUID(int=5))
    suspected = case_at(Step.COUNTY_COMPARISON, Stage.VERIFICATION)
    assert "verify_suspect" in told(suspected, "township_officer", "500229001000")
    assert "verify_suspect" not in told(suspected, "township_officer", "500229000000")
