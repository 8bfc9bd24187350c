"""Every action of the workflow as a call of the domain, so that tests can try any of them on any case."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from services.identification.cases import domain
from services.identification.cases.case import Case, Outcome
from services.identification.workflow import Action, Stage, Step

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
LIST = UUID(int=1)
SUBMITTER, REVIEWER = UUID(int=2), UUID(int=3)

ACTS: dict[Action, Callable[[Case], Outcome]] = {
    Action.ACCEPT: domain.accept,
    Action.APPRAISE: lambda case: domain.appraise(case, LIST, passed=True),
    Action.POST: lambda case: domain.post(case, LIST, NOW + timedelta(days=7)),
    Action.OBJECT: lambda case: domain.raise_objection(case, uuid4(), NOW),
    Action.RESOLVE_OBJECTION: lambda case: domain.resolve_objection(case, uuid4(), "dismissed"),
    Action.END_PUBLICITY: lambda case: domain.end_publicity(case, NOW + timedelta(days=8)),
    Action.SURVEY: lambda case: domain.survey(case, uuid4(), 1, "eligible"),
    Action.REVIEW: lambda case: domain.review(case, LIST, "approve", REVIEWER),
    Action.COMPARE: lambda case: domain.compare(case, LIST, []),
    Action.VERIFY_SUSPECT: lambda case: domain.verify_suspect(case, uuid4(), "village", None),
    Action.CLEAN: lambda case: domain.clean(case, LIST, found=[], mended=[], verdict="eligible"),
    Action.ANNOUNCE: lambda case: domain.announce(case, LIST, verdict="eligible", registration_version=1),
    Action.REJECT: domain.reject,
    Action.RETURN: lambda case: domain.return_to_step(case, Step.APPLICATION),
    Action.WITHDRAW: domain.withdraw,
}


def case_at(step: Step, stage: Stage, kind: str = "entry") -> Case:
    """A case standing there as it would: posted with a publicity, verified with a suspect."""
    in_publicity = stage is Stage.PUBLICITY
    return Case(
        id=uuid4(),
        household_id=uuid4(),
        division="500229001001001",
        kind=kind,
        submitted_by=SUBMITTER,
        step=step,
        stage=stage,
        list_id=LIST if in_publicity else None,
        publicity_ends_at=NOW + timedelta(days=7) if in_publicity else None,
        open_suspects=1 if stage is Stage.VERIFICATION else 0,
        open_objections=0,
    )
