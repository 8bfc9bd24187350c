"""The path of a case as the policy tells it: 八步、两评议两公示一比对一公告.

Everything that may happen to a case, and by whom, is read off this page (reading §4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from shared.codes import Action, CaseKind, Stage, Step

__all__ = [
    "CLOCK",
    "ENTRY",
    "EVERYWHERE",
    "RETURN",
    "SCOPES",
    "SUSPECT_SIGNATORIES",
    "WORKFLOWS",
    "Action",
    "Stage",
    "Step",
    "StepDefinition",
    "Workflow",
]


@dataclass(frozen=True, slots=True)
class StepDefinition:
    """``stages`` in their order, each with the actions that belong to it."""

    step: Step
    actor: str
    stages: tuple[tuple[Stage, tuple[Action, ...]], ...]

    @property
    def first_stage(self) -> Stage:
        return self.stages[0][0]

    def actions(self, stage: Stage) -> tuple[Action, ...]:
        return dict(self.stages).get(stage, ())


@dataclass(frozen=True)
class Workflow:
    kind: CaseKind
    steps: tuple[StepDefinition, ...]

    def definition(self, step: Step) -> StepDefinition:
        return self.steps[self._places[step]]

    def after(self, step: Step) -> StepDefinition | None:
        """The next step; None after the last."""
        place = self.position(step) + 1
        return self.steps[place] if place < len(self.steps) else None

    def position(self, step: Step) -> int:
        return self._places[step]

    @cached_property
    def _places(self) -> Mapping[Step, int]:
        return {definition.step: place for place, definition in enumerate(self.steps)}

    def allows(self, step: Step, stage: Stage, action: Action) -> bool:
        """Whether the action belongs to the step and stage, or to every step."""
        return action in EVERYWHERE or action in self.definition(step).actions(stage)


_MEETING = (
    (Stage.APPRAISAL, (Action.APPRAISE,)),
    (Stage.POSTING, (Action.POST,)),
    (Stage.PUBLICITY, (Action.OBJECT, Action.END_PUBLICITY)),
)
_COMPARISON = (
    (Stage.COMPARISON, (Action.COMPARE,)),
    (Stage.VERIFICATION, (Action.VERIFY_SUSPECT,)),
)

_SUBMISSION = ((Stage.SUBMISSION, (Action.ACCEPT,)),)
_VISIT = ((Stage.VISIT, (Action.SURVEY,)),)
_REVIEW = ((Stage.REVIEW, (Action.REVIEW,)),)
_CLEANING = ((Stage.CLEANING, (Action.CLEAN,)),)
_PUBLICATION = ((Stage.PUBLICATION, (Action.ANNOUNCE,)),)

_EIGHT_STEPS = (
    StepDefinition(Step.APPLICATION, "household", _SUBMISSION),
    StepDefinition(Step.GROUP_APPRAISAL, "group", _MEETING),
    StepDefinition(Step.SURVEY, "surveyors", _VISIT),
    StepDefinition(Step.VILLAGE_APPRAISAL, "village", _MEETING),
    StepDefinition(Step.TOWNSHIP_REVIEW, "township", _REVIEW),
    StepDefinition(Step.COUNTY_COMPARISON, "county", _COMPARISON),
    StepDefinition(Step.DATA_CLEANING, "clerk", _CLEANING),
    StepDefinition(Step.ANNOUNCEMENT, "county", _PUBLICATION),
)

ENTRY = Workflow(CaseKind.ENTRY, _EIGHT_STEPS)
RETURN = Workflow(CaseKind.RETURN, _EIGHT_STEPS)
WORKFLOWS = {workflow.kind.value: workflow for workflow in (ENTRY, RETURN)}

EVERYWHERE = frozenset({Action.REJECT, Action.RETURN, Action.WITHDRAW, Action.RESOLVE_OBJECTION})
"""What may happen at any step; an objection, once raised, is resolved wherever its case stands by then."""

CLOCK = frozenset({Action.END_PUBLICITY})
"""What no caller does: a publicity ends by the clock."""

SCOPES: dict[Action, str] = {
    Action.ACCEPT: "applications:write",
    Action.APPRAISE: "appraisals:write",
    Action.POST: "publicities:write",
    Action.OBJECT: "objections:write",
    Action.RESOLVE_OBJECTION: "objections:resolve",
    Action.SURVEY: "surveys:write",
    Action.REVIEW: "reviews:write",
    Action.COMPARE: "comparisons:write",
    Action.VERIFY_SUSPECT: "suspects:verify",
    Action.CLEAN: "data:clean",
    Action.ANNOUNCE: "announcements:write",
    Action.REJECT: "cases:decide",
    Action.RETURN: "cases:decide",
    Action.WITHDRAW: "applications:write",
}

SUSPECT_SIGNATORIES = (("village_cadre", "village"), ("township_officer", "township"))
"""Who signs for a suspect, in this order: an officer of the role in a division of the level."""
