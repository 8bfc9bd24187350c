"""What a case is, what becomes of it, and how the policy refuses. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from services.identification.workflow import WORKFLOWS, Stage, Step, Workflow
from shared.events import identification as contract


class Case(NamedTuple):
    """``version`` counts the case's events. ``list_id`` is its current publicity."""

    id: UUID
    household_id: UUID
    division: str
    kind: str
    submitted_by: UUID
    state: str = "open"
    step: Step = Step.APPLICATION
    stage: Stage = Stage.SUBMISSION
    version: int = 0
    verdict: str | None = None
    assessment_id: UUID | None = None
    list_id: UUID | None = None
    publicity_ends_at: datetime | None = None
    publicity_over: bool = False
    open_objections: int = 0
    open_suspects: int = 0
    open_issues: int = 0

    @property
    def workflow(self) -> Workflow:
        return WORKFLOWS[self.kind]


class Outcome(NamedTuple):
    """A case as it now stands, with the events that led there, in order."""

    case: Case
    events: tuple[contract.CaseEvent, ...] = ()

    def then(self, event: type[contract.CaseEvent], data: dict[str, Any] | None = None, **changes: Any) -> "Outcome":
        """The next thing that happened: the case with ``changes``, and the event that tells it."""
        case = self.case._replace(version=self.case.version + 1, **changes)
        told = event(
            case_id=case.id,
            household_id=case.household_id,
            kind=case.kind,
            step=case.step.value,
            state=case.state,
            **(data or {}),
        )
        return Outcome(case, (*self.events, told))


@dataclass
class ActionRefused(Exception):
    """The policy forbids it. ``code`` is the problem's code."""

    code: str
    case_id: UUID
    details: dict[str, Any] = field(default_factory=dict)
