"""Who may appoint whom and give what: as data, and what must be true of it whatever it says."""

from uuid import UUID

import pytest

from services.gateway.api_clients.domain import Grant, may_give
from services.gateway.officers.domain import Office, available_actions
from shared.auth import Principal
from shared.auth.roles import APPOINTS, DELEGABLE, GRANTS, MANAGEMENT, ROLES
from shared.codes import Role

COUNTY, VILLAGE, NEXT_DOOR = "500229000000", "500229001001", "500230000000"
ME, OTHER = UUID(int=1), UUID(int=2)


def _principal(role: str, division: str = COUNTY) -> Principal:
    return Principal(str(ME), ME, role, division, ROLES[role])


def test_the_codes_name_every_role() -> None:
    assert {role.value for role in Role} == ROLES.keys()


def test_whoever_appoints_or_registers_has_the_scope_for_it_and_the_reverse() -> None:
    assert APPOINTS.keys() == {role for role, scopes in ROLES.items() if "officers:write" in scopes}
    assert GRANTS.keys() == {role for role, scopes in ROLES.items() if "clients:write" in scopes}
    assert all(roles <= ROLES.keys() for roles in APPOINTS.values())


def test_what_people_do_themselves_is_given_to_no_system() -> None:
    assert frozenset() == MANAGEMENT & DELEGABLE
    for scopes in GRANTS.values():
        assert scopes & MANAGEMENT == frozenset()


@pytest.mark.parametrize("role", sorted(GRANTS))
def test_nobody_gives_personal_data_who_may_not_see_it(role: str) -> None:
    """Else a system of one's own would show what one must not see."""
    assert ("households:personal" in GRANTS[role]) <= ("households:personal" in ROLES[role])
    assert ("households:import" in GRANTS[role]) <= ("households:import" in ROLES[role])


@pytest.mark.parametrize("role", sorted(GRANTS))
@pytest.mark.parametrize("of", sorted(ROLES))
def test_a_grant_is_never_more_than_its_role_and_the_givers(role: str, of: str) -> None:
    principal = _principal(role)
    for scope in frozenset().union(*ROLES.values()):
        given = may_give(principal, Grant(of, COUNTY, frozenset({scope}), frozenset()))
        assert given == (scope in ROLES[of] and scope in GRANTS[role])
        delegated = may_give(principal, Grant(of, COUNTY, frozenset(), frozenset({scope})))
        assert delegated == (scope in DELEGABLE)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_actions_are_shown_to_those_who_may_take_them(role: str) -> None:
    office = Office(OTHER, "village_cadre", VILLAGE, "active", True)
    shown = available_actions(_principal(role), office)
    assert bool(shown) == ("village_cadre" in APPOINTS.get(role, ()))
    assert available_actions(_principal(role, NEXT_DOOR), office) == []
    assert available_actions(_principal(role), Office(ME, "village_cadre", VILLAGE, "active", True)) == []
    assert available_actions(_principal(role), Office(OTHER, "operator", VILLAGE, "active", True)) == []
