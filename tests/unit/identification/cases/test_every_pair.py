"""Every (step, stage, action), written out: what the policy allows, and that everything else is refused."""

import pytest

from services.identification.cases.case import ActionRefused
from services.identification.workflow import WORKFLOWS, Action, Stage, Step
from tests.unit.identification.cases.acting import ACTS, case_at

ALLOWED = {
    (Step.APPLICATION, Stage.SUBMISSION): {Action.ACCEPT},
    (Step.GROUP_APPRAISAL, Stage.APPRAISAL): {Action.APPRAISE},
    (Step.GROUP_APPRAISAL, Stage.POSTING): {Action.POST},
    (Step.GROUP_APPRAISAL, Stage.PUBLICITY): {Action.OBJECT, Action.END_PUBLICITY},
    (Step.SURVEY, Stage.VISIT): {Action.SURVEY},
    (Step.VILLAGE_APPRAISAL, Stage.APPRAISAL): {Action.APPRAISE},
    (Step.VILLAGE_APPRAISAL, Stage.POSTING): {Action.POST},
    (Step.VILLAGE_APPRAISAL, Stage.PUBLICITY): {Action.OBJECT, Action.END_PUBLICITY},
    (Step.TOWNSHIP_REVIEW, Stage.REVIEW): {Action.REVIEW},
    (Step.COUNTY_COMPARISON, Stage.COMPARISON): {Action.COMPARE},
    (Step.COUNTY_COMPARISON, Stage.VERIFICATION): {Action.VERIFY_SUSPECT},
    (Step.DATA_CLEANING, Stage.CLEANING): {Action.CLEAN},
    (Step.ANNOUNCEMENT, Stage.PUBLICATION): {Action.ANNOUNCE},
}
ANYWHERE = {Action.REJECT, Action.WITHDRAW, Action.RESOLVE_OBJECTION}
LANDS = {
    (Step.APPLICATION, Action.ACCEPT): (Step.GROUP_APPRAISAL, Stage.APPRAISAL),
    (Step.GROUP_APPRAISAL, Action.APPRAISE): (Step.GROUP_APPRAISAL, Stage.POSTING),
    (Step.GROUP_APPRAISAL, Action.POST): (Step.GROUP_APPRAISAL, Stage.PUBLICITY),
    (Step.GROUP_APPRAISAL, Action.END_PUBLICITY): (Step.SURVEY, Stage.VISIT),
    (Step.SURVEY, Action.SURVEY): (Step.VILLAGE_APPRAISAL, Stage.APPRAISAL),
    (Step.VILLAGE_APPRAISAL, Action.APPRAISE): (Step.VILLAGE_APPRAISAL, Stage.POSTING),
    (Step.VILLAGE_APPRAISAL, Action.POST): (Step.VILLAGE_APPRAISAL, Stage.PUBLICITY),
    (Step.VILLAGE_APPRAISAL, Action.END_PUBLICITY): (Step.TOWNSHIP_REVIEW, Stage.REVIEW),
    (Step.TOWNSHIP_REVIEW, Action.REVIEW): (Step.COUNTY_COMPARISON, Stage.COMPARISON),
    (Step.COUNTY_COMPARISON, Action.COMPARE): (Step.DATA_CLEANING, Stage.CLEANING),
    (Step.DATA_CLEANING, Action.CLEAN): (Step.ANNOUNCEMENT, Stage.PUBLICATION),
}
PLACES = sorted(ALLOWED)


def test_the_table_names_every_place_of_the_workflow() -> None:
    for workflow in WORKFLOWS.values():
        places = {(one.step, stage) for one in workflow.steps for stage, _ in one.stages}
        assert places == set(ALLOWED)


def test_eight_steps_in_their_order() -> None:
    for workflow in WORKFLOWS.values():
        assert [one.step for one in workflow.steps] == list(Step)
        assert len(workflow.steps) == 8


@pytest.mark.parametrize("kind", sorted(WORKFLOWS))
@pytest.mark.parametrize(("step", "stage"), PLACES)
@pytest.mark.parametrize("action", sorted(Action))
def test_allowed_or_refused(kind: str, step: Step, stage: Stage, action: Action) -> None:
    case = case_at(step, stage, kind)
    returns = action is Action.RETURN and step is not Step.APPLICATION
    if action in ALLOWED[step, stage] | ANYWHERE or returns:
        outcome = ACTS[action](case)
        assert outcome.case.version == case.version + len(outcome.events)
        if landing := LANDS.get((step, action)):
            assert (outcome.case.step, outcome.case.stage) == landing
    else:
        with pytest.raises(ActionRefused) as refused:
            ACTS[action](case)
        expected = "step-not-earlier" if action is Action.RETURN else "case-at-another-step"
        assert refused.value.code == expected


@pytest.mark.parametrize("state", ["identified", "rejected", "withdrawn"])
@pytest.mark.parametrize("action", sorted(Action))
def test_nothing_happens_to_a_closed_case(state: str, action: Action) -> None:
    for step, stage in PLACES:
        with pytest.raises(ActionRefused) as refused:
            ACTS[action](case_at(step, stage)._replace(state=state))
        assert refused.value.code == "case-closed"
