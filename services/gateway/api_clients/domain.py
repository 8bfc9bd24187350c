"""What a system may be given, and by whom: never more than the giver's role gives, never what people do themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from services.gateway.problems import CLIENT_REVOKED, SCOPES_NOT_YOURS
from shared.auth import Principal
from shared.auth.roles import DELEGABLE, GRANTS, scopes_of
from shared.codes import ClientState
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

Action = Literal["renew-secret", "revoke"]
GRACE = timedelta(days=1)
LONGEST_GRACE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Grant:
    """A client as far as the rules ask. ``delegated`` is what it may do for officers who hand it their tokens."""

    role: str
    division: str
    scopes: frozenset[str]
    delegated: frozenset[str]
    state: str = ClientState.ACTIVE


def may_give(principal: Principal, grant: Grant) -> bool:
    """Who may not give the scopes must not have the secret renewed either: it would be theirs then."""
    own = scopes_of(grant.role) & GRANTS.get(principal.role, frozenset())
    return grant.scopes <= own and grant.delegated <= DELEGABLE


def require_registrable(principal: Principal, grant: Grant) -> UUID:
    """The registering officer. Raises ``officer-required``, ``outside-area`` or ``scopes-not-yours-to-give``."""
    officer = principal.require_officer()
    principal.require_area(grant.division)
    if not may_give(principal, grant):
        raise Problem(SCOPES_NOT_YOURS)
    return officer


def require_action(principal: Principal, grant: Grant, action: Action) -> UUID:
    """The deciding officer. Revoking is open to whoever manages the area's clients."""
    if not principal.covers(grant.division):
        raise Problem(NOT_FOUND)
    officer = principal.require_officer()
    if grant.state != ClientState.ACTIVE:
        raise Problem(CLIENT_REVOKED)
    if action == "renew-secret":
        require_registrable(principal, grant)
    return officer


def available_actions(principal: Principal, grant: Grant) -> list[Action]:
    manages = "clients:write" in principal.scopes and principal.officer_id is not None
    if not manages or not principal.covers(grant.division) or grant.state != ClientState.ACTIVE:
        return []
    return ["renew-secret", "revoke"] if may_give(principal, grant) else ["revoke"]


def narrowed(*sets: Iterable[str]) -> frozenset[str]:
    """What all of them hold."""
    first, *others = map(frozenset, sets)
    return first.intersection(*others)
