"""Who may appoint whom: in one's own area, none above one's own role, and nobody themselves."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from services.gateway.problems import OFFICER_STATE, OWN_OFFICE, ROLE_NOT_YOURS
from shared.auth import Principal
from shared.auth.roles import APPOINTS
from shared.codes import OfficerState
from shared.problems import Problem
from shared.problems.common import NOT_FOUND

Action = Literal["change", "suspend", "reinstate", "depart", "reset-password"]
INITIAL_PASSWORD_LASTS = timedelta(days=7)
_ACTIONS: dict[str, tuple[Action, ...]] = {
    OfficerState.ACTIVE: ("change", "suspend", "depart", "reset-password"),
    OfficerState.SUSPENDED: ("change", "reinstate", "depart"),
    OfficerState.LEFT: (),
}
AFTER: dict[Action, OfficerState] = {
    "suspend": OfficerState.SUSPENDED,
    "reinstate": OfficerState.ACTIVE,
    "depart": OfficerState.LEFT,
}


@dataclass(frozen=True, slots=True)
class Office:
    """Who somebody is and where they act, as far as the rules ask."""

    officer_id: UUID
    role: str
    division: str
    state: str
    has_login: bool


def require_appointable(principal: Principal, role: str, division: str) -> UUID:
    """The appointing officer. Raises ``officer-required``, ``outside-area`` or ``role-not-yours-to-give``."""
    officer = principal.require_officer()
    principal.require_area(division)
    if role not in APPOINTS.get(principal.role, ()):
        raise Problem(ROLE_NOT_YOURS)
    return officer


def require_action(principal: Principal, office: Office, action: Action) -> UUID:
    """The deciding officer. Raises also ``not-found``, ``own-office`` and ``officer-state``."""
    if not principal.covers(office.division):
        raise Problem(NOT_FOUND)
    officer = require_appointable(principal, office.role, office.division)
    if officer == office.officer_id:
        raise Problem(OWN_OFFICE)
    if action not in _possible(office):
        raise Problem(OFFICER_STATE)
    return officer


def available_actions(principal: Principal, office: Office) -> list[Action]:
    """What the caller may do with the officer now."""
    governs = (
        "officers:write" in principal.scopes
        and principal.covers(office.division)
        and office.role in APPOINTS.get(principal.role, ())
        and principal.officer_id not in {None, office.officer_id}
    )
    return _possible(office) if governs else []


def _possible(office: Office) -> list[Action]:
    return [each for each in _ACTIONS[office.state] if each != "reset-password" or office.has_login]
