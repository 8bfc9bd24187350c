"""The steps of every procedure, from the same data that decides what is allowed."""

from typing import Annotated

from fastapi import APIRouter

from services.identification.workflow import CLOCK, EVERYWHERE, SCOPES, WORKFLOWS, Action, StepDefinition
from shared.auth import Principal
from shared.http.access import allow
from shared.http.route import Route
from shared.http.schemas import Answer

router = APIRouter(prefix="/v1", route_class=Route, tags=["workflows"])


class ActionAnswer(Answer):
    """An action and the scope it needs; none where the clock alone acts."""

    action: str
    zh: str
    en: str
    scope: str | None


class StageAnswer(Answer):
    stage: str
    zh: str
    en: str
    actions: list[ActionAnswer]


class StepAnswer(Answer):
    step: str
    zh: str
    en: str
    actor: str
    stages: list[StageAnswer]


class WorkflowAnswer(Answer):
    """A procedure: its steps in their order, and what may happen at every one of them."""

    kind: str
    zh: str
    en: str
    steps: list[StepAnswer]
    everywhere: list[ActionAnswer]


class WorkflowList(Answer):
    items: list[WorkflowAnswer]


@router.get("/workflows", summary="识别流程 · The workflows")
async def list_workflows(principal: Annotated[Principal, allow("policies:read")]) -> WorkflowList:
    """Entry and return: eight steps each."""
    everywhere = [_action(action) for action in sorted(EVERYWHERE)]
    return WorkflowList(
        items=[
            WorkflowAnswer(
                kind=workflow.kind,
                zh=workflow.kind.zh,
                en=workflow.kind.en,
                steps=[_step(definition) for definition in workflow.steps],
                everywhere=everywhere,
            )
            for workflow in WORKFLOWS.values()
        ]
    )


def _step(definition: StepDefinition) -> StepAnswer:
    step = definition.step
    stages = [
        StageAnswer(stage=stage, zh=stage.zh, en=stage.en, actions=[_action(action) for action in actions])
        for stage, actions in definition.stages
    ]
    return StepAnswer(step=step, zh=step.zh, en=step.en, actor=definition.actor, stages=stages)


def _action(action: Action) -> ActionAnswer:
    scope = None if action in CLOCK else SCOPES[action]
    return ActionAnswer(action=action, zh=action.zh, en=action.en, scope=scope)
