"""A case and everything that may happen to it. Pure: each function takes a case and returns what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.identification.cases.case import ActionRefused, Case, Outcome
from services.identification.workflow import EVERYWHERE, SCOPES, SUSPECT_SIGNATORIES, Action, Stage, Step
from shared.areas import level
from shared.events import identification as contract


def _begin(case: Case, action: Action) -> Outcome:
    if case.state != "open":
        raise ActionRefused("case-closed", case.id)
    if not case.workflow.allows(case.step, case.stage, action):
        raise ActionRefused("case-at-another-step", case.id)
    return Outcome(case)


def _advanced(case: Case) -> dict[str, Any]:
    """The changes that bring the case to the first stage of the next step."""
    following = case.workflow.after(case.step)
    if following is None:
        raise ActionRefused("case-at-another-step", case.id)
    return {"step": following.step, "stage": following.first_stage}


_NO_PUBLICITY: dict[str, Any] = {"list_id": None, "publicity_ends_at": None, "publicity_over": False}


# 1 application


def submit(case: Case) -> Outcome:
    """A new case, accepted at once: scope, other cases and registration were checked before."""
    submitted = Outcome(case).then(contract.ApplicationSubmitted)
    return submitted.then(contract.ApplicationAccepted, **_advanced(case))


def accept(case: Case) -> Outcome:
    """An application that had been returned to the household is handed in again."""
    return _begin(case, Action.ACCEPT).then(contract.ApplicationAccepted, **_advanced(case))


# 2 and 4 appraisals and publicities


def appraise(case: Case, list_id: UUID, *, passed: bool) -> Outcome:
    """The meeting's vote. Village appraisal takes only cases without an open objection."""
    outcome = _begin(case, Action.APPRAISE)
    in_village = case.step is Step.VILLAGE_APPRAISAL
    if in_village and case.open_objections:
        raise ActionRefused("objection-open", case.id)
    event = contract.CaseAppraisedByVillage if in_village else contract.CaseAppraisedByGroup
    told = {"list_id": list_id, "passed": passed}
    if not passed:
        return outcome.then(event, told).then(contract.CaseRejected, {"ground": "not_passed"}, state="rejected")
    return outcome.then(event, told, stage=Stage.POSTING)


def post(case: Case, list_id: UUID, ends_at: datetime) -> Outcome:
    outcome = _begin(case, Action.POST)
    in_village = case.step is Step.VILLAGE_APPRAISAL
    event = contract.CasePublicisedInVillage if in_village else contract.CasePublicisedInGroup
    return outcome.then(
        event,
        {"list_id": list_id},
        stage=Stage.PUBLICITY,
        list_id=list_id,
        publicity_ends_at=ends_at,
        publicity_over=False,
    )


def raise_objection(case: Case, objection_id: UUID, now: datetime) -> Outcome:
    """Anyone may object until the publicity ends."""
    outcome = _begin(case, Action.OBJECT)
    if case.publicity_over or case.publicity_ends_at is None or now >= case.publicity_ends_at:
        raise ActionRefused("publicity-over", case.id)
    told = {"objection_id": objection_id, "list_id": case.list_id}
    return outcome.then(contract.ObjectionRaised, told, open_objections=case.open_objections + 1)


def end_publicity(case: Case, now: datetime) -> Outcome:
    """The clock has come to the publicity's end. An open objection holds its case in the village, not in the group."""
    outcome = _begin(case, Action.END_PUBLICITY)
    if case.publicity_ends_at is None or now < case.publicity_ends_at:
        raise ActionRefused("publicity-not-over", case.id)
    if case.publicity_over:
        return outcome
    if case.step is Step.VILLAGE_APPRAISAL and case.open_objections:
        return Outcome(case._replace(publicity_over=True))
    return _pass_publicity(outcome)


def _pass_publicity(outcome: Outcome) -> Outcome:
    case = outcome.case
    in_village = case.step is Step.VILLAGE_APPRAISAL
    event = contract.CasePassedVillagePublicity if in_village else contract.CasePassedGroupPublicity
    return outcome.then(event, {"list_id": case.list_id}, **_advanced(case), **_NO_PUBLICITY)


def catch_up(case: Case, now: datetime) -> Outcome:
    """Before any command: what the clock alone has already decided, whether or not its timer has fired."""
    due = case.state == "open" and case.stage is Stage.PUBLICITY and case.publicity_ends_at is not None
    if due and case.publicity_ends_at is not None and now >= case.publicity_ends_at:
        return end_publicity(case, now)
    return Outcome(case)


def resolve_objection(case: Case, objection_id: UUID, outcome: str, *, return_to: Step | None = None) -> Outcome:
    """Dismissed: the case is free again. Upheld: it goes back to ``return_to``, or is rejected."""
    begun = _begin(case, Action.RESOLVE_OBJECTION)
    told = {"objection_id": objection_id, "outcome": outcome}
    resolved = begun.then(contract.ObjectionResolved, told, open_objections=case.open_objections - 1)
    if outcome == "upheld":
        if return_to is not None:
            return _go_back(resolved, return_to)
        return resolved.then(contract.CaseRejected, {"ground": "objection_upheld"}, state="rejected")
    if resolved.case.publicity_over and not resolved.case.open_objections:
        return _pass_publicity(resolved)
    return resolved


# 3 survey


def survey(case: Case, assessment_id: UUID, assessment_version: int, verdict: str) -> Outcome:
    """Eligible goes on, ineligible is rejected with its criteria, undetermined stays until its facts are known."""
    outcome = _begin(case, Action.SURVEY)
    told = {"assessment_id": assessment_id, "assessment_version": assessment_version, "verdict": verdict}
    attached = {"assessment_id": assessment_id, "verdict": verdict}
    if verdict == "eligible":
        return outcome.then(contract.HouseholdSurveyed, told, **attached, **_advanced(case))
    surveyed = outcome.then(contract.HouseholdSurveyed, told, **attached)
    if verdict == "ineligible":
        return surveyed.then(contract.CaseRejected, {"ground": "ineligible"}, state="rejected")
    return surveyed


# 5 township review


def review(case: Case, list_id: UUID, decision: str, reviewer: UUID, *, return_to: Step | None = None) -> Outcome:
    """Nobody reviews what they themselves submitted."""
    outcome = _begin(case, Action.REVIEW)
    if reviewer == case.submitted_by:
        raise ActionRefused("reviewer-submitted", case.id)
    told = {"list_id": list_id, "decision": decision}
    if decision == "approve":
        return outcome.then(contract.CaseReviewedByTownship, told, **_advanced(case))
    reviewed = outcome.then(contract.CaseReviewedByTownship, told)
    if decision == "return":
        if return_to is None:
            raise ActionRefused("step-not-earlier", case.id)
        return _go_back(reviewed, return_to)
    return reviewed.then(contract.CaseRejected, {"ground": "review_rejected"}, state="rejected")


# 6 county comparison


def compare(case: Case, list_id: UUID, suspects: Sequence[UUID]) -> Outcome:
    """Without an open suspect the case goes on; with one it is verified again, never rejected by itself."""
    outcome = _begin(case, Action.COMPARE)
    still_open = case.open_suspects + len(suspects)
    told = {"list_id": list_id, "suspects": len(suspects)}
    if not still_open:
        return outcome.then(contract.CaseCompared, told, **_advanced(case))
    outcome = outcome.then(contract.CaseCompared, told, stage=Stage.VERIFICATION, open_suspects=still_open)
    for suspect_id in suspects:
        flagged = {"suspect_id": suspect_id, "list_id": list_id}
        outcome = outcome.then(contract.CountyComparisonFlaggedSuspect, flagged)
    return outcome


def verify_suspect(case: Case, suspect_id: UUID, level: str, outcome: str | None) -> Outcome:
    """A signature; ``outcome`` is what both have signed, or None while one is missing or they differ."""
    begun = _begin(case, Action.VERIFY_SUSPECT)
    told = {"suspect_id": suspect_id, "level": level, "outcome": outcome}
    if outcome is None:
        return begun.then(contract.SuspectReverified, told)
    verified = begun.then(contract.SuspectReverified, told, open_suspects=case.open_suspects - 1)
    if outcome == "confirmed":
        return verified.then(contract.CaseRejected, {"ground": "suspect_confirmed"}, state="rejected")
    if verified.case.open_suspects:
        return verified
    return verified.then(contract.CasePassedCountyComparison, **_advanced(case))


# 7 data cleaning


def clean(case: Case, list_id: UUID, *, found: Sequence[UUID], mended: Sequence[UUID], verdict: str | None) -> Outcome:
    """Issues newly found and issues no longer there; without an open one the case goes on."""
    outcome = _begin(case, Action.CLEAN)
    still_open = case.open_issues + len(found) - len(mended)
    for issue_id in found:
        outcome = outcome.then(contract.DataIssueFound, {"issue_id": issue_id}, open_issues=still_open)
    for issue_id in mended:
        outcome = outcome.then(contract.DataIssueMended, {"issue_id": issue_id}, open_issues=still_open)
    if still_open:
        return outcome
    return outcome.then(contract.CaseCleaned, {"list_id": list_id}, verdict=verdict, **_advanced(case))


# 8 announcement


def announce(case: Case, list_id: UUID, *, verdict: str, registration_version: int) -> Outcome:
    """Only with a verdict still eligible on the facts of the day, and with nothing open."""
    outcome = _begin(case, Action.ANNOUNCE)
    if case.open_suspects:
        raise ActionRefused("suspect-open", case.id)
    if case.open_objections:
        raise ActionRefused("objection-open", case.id)
    if verdict != "eligible":
        raise ActionRefused("not-eligible", case.id)
    told = {"list_id": list_id, "registration_version": registration_version}
    return outcome.then(contract.HouseholdIdentified, told, state="identified", verdict=verdict)


# at any step


def reject(case: Case) -> Outcome:
    outcome = _begin(case, Action.REJECT)
    return outcome.then(contract.CaseRejected, {"ground": "officer_decision"}, state="rejected")


def withdraw(case: Case) -> Outcome:
    return _begin(case, Action.WITHDRAW).then(contract.CaseWithdrawn, state="withdrawn")


def return_to_step(case: Case, step: Step) -> Outcome:
    return _go_back(_begin(case, Action.RETURN), step)


def _go_back(outcome: Outcome, step: Step) -> Outcome:
    """To an earlier step: its publicity is over, and a verdict older than its survey is void."""
    case = outcome.case
    place = case.workflow.position
    if place(step) >= place(case.step):
        raise ActionRefused("step-not-earlier", case.id)
    verdict = None if place(step) <= place(Step.SURVEY) else case.verdict
    return outcome.then(
        contract.CaseReturned,
        {"returned_from": case.step.value},
        step=step,
        stage=case.workflow.definition(step).first_stage,
        verdict=verdict,
        **_NO_PUBLICITY,
    )


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as far as the policy tells callers apart; ``officer_id`` is absent where nobody acts in person."""

    scopes: frozenset[str]
    officer_id: UUID | None
    role: str
    division: str


def available_actions(case: Case, caller: Caller, now: datetime) -> list[str]:
    """What the caller may do now, from the same data that allows it; what the clock has decided counts as done."""
    case = catch_up(case, now).case
    if case.state != "open":
        return []
    own = case.workflow.definition(case.step).actions(case.stage)
    possible = [action for action in (*own, *sorted(EVERYWHERE)) if SCOPES.get(action) in caller.scopes]
    return [action.value for action in possible if _possible_now(case, action) and _may(case, action, caller)]


def _may(case: Case, action: Action, caller: Caller) -> bool:
    """Anyone objects, all else an officer does; nobody reviews what they themselves submitted."""
    if caller.officer_id is None:
        return action is Action.OBJECT
    if action is Action.REVIEW:
        return caller.officer_id != case.submitted_by
    if action is Action.VERIFY_SUSPECT:
        return (caller.role, level(caller.division)) in SUSPECT_SIGNATORIES
    return True


def _possible_now(case: Case, action: Action) -> bool:
    if action is Action.RESOLVE_OBJECTION:
        return case.open_objections > 0
    if action is Action.RETURN:
        return case.step is not Step.APPLICATION
    if action is Action.OBJECT:
        return not case.publicity_over
    if action is Action.ANNOUNCE:
        return not case.open_suspects and not case.open_objections
    if action is Action.APPRAISE:
        return case.step is not Step.VILLAGE_APPRAISAL or not case.open_objections
    return True
