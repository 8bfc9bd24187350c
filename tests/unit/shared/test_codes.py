"""Whatever code an answer may bear, a page finds its name in both languages."""

from collections.abc import Iterable
from typing import get_args

import pytest

from services.audit.dead_letters.domain import Action as LetterAction
from services.gateway.api_clients.domain import Action as ClientAction
from services.gateway.officers.domain import Action as OfficerAction
from services.identification.comparison.domain import OPEN, Finding
from services.identification.lists.domain import ListAction
from services.identification.policy import load_criteria
from services.identification.policy.evaluation import UNDETERMINED
from services.identification.workflow import WORKFLOWS
from services.notifications.api import TaskState
from shared import codes
from shared.auth.roles import ROLES


def named(kind: type[codes.Code]) -> set[str]:
    return {code.value for code in kind}


def test_every_scope_and_role() -> None:
    assert named(codes.Scope) == frozenset().union(*ROLES.values())
    assert named(codes.Role) == ROLES.keys()


@pytest.mark.parametrize("actions", [LetterAction, ListAction, get_args(ClientAction), get_args(OfficerAction)])
def test_every_action(actions: Iterable[str]) -> None:
    assert {str(action) for action in actions} <= named(codes.ResourceAction) | named(codes.Action)


def test_every_state_and_verdict() -> None:
    assert named(codes.CaseKind) == WORKFLOWS.keys()
    assert named(codes.SuspectState) == {OPEN, *Finding}
    assert named(codes.TaskState) == set(get_args(TaskState))
    procedures = load_criteria().procedures.values()
    assert named(codes.Verdict) == {verdict for each in procedures for verdict in (each.holds, each.fails)} | {
        UNDETERMINED
    }


@pytest.mark.parametrize("name", codes.CODES)
def test_every_name(name: str) -> None:
    for code in codes.CODES[name]:
        assert code.zh
        assert code.en
