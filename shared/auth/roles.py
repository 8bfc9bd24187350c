"""Roles and what each may do, as data. A scope names a capability; the area decides where it holds."""

READING = frozenset(
    {
        "cases:read",
        "divisions:read",
        "evaluations:run",
        "events:read",
        "evidence:read",
        "households:read",
        "policies:read",
        "tasks:read",
    }
)

ROLES: dict[str, frozenset[str]] = {
    "county_officer": READING
    | {
        "announcements:write",
        "clients:read",
        "clients:write",
        "comparisons:write",
        "divisions:write",
        "evidence:write",
        "households:import",
        "households:personal",
        "households:write",
        "cases:decide",
        "officers:read",
        "officers:write",
        "policies:write",
        "registrations:import",
        "tasks:write",
    },
    "township_officer": READING
    | {
        "cases:decide",
        "evidence:write",
        "households:personal",
        "objections:resolve",
        "officers:read",
        "reviews:write",
        "suspects:verify",
        "tasks:write",
    },
    "township_clerk": READING
    | {
        "applications:write",
        "data:clean",
        "evidence:write",
        "households:personal",
        "households:write",
        "surveys:write",
        "tasks:write",
    },
    "village_cadre": READING
    | {
        "applications:write",
        "appraisals:write",
        "cases:decide",
        "evidence:write",
        "households:personal",
        "households:write",
        "objections:resolve",
        "objections:write",
        "publicities:write",
        "surveys:write",
        "suspects:verify",
        "tasks:write",
    },
    "resident_cadre": READING
    | {"evidence:write", "households:personal", "objections:write", "surveys:write", "tasks:write"},
    "helper": frozenset({"divisions:read", "policies:read", "tasks:read", "tasks:write"}),
    "supervisor": READING | {"clients:read", "households:personal", "officers:read"},
    "auditor": frozenset(
        {
            "cases:read",
            "clients:read",
            "dead-letters:read",
            "event-flow:read",
            "divisions:read",
            "events:read",
            "officers:read",
            "policies:read",
        }
    ),
    "operator": frozenset(
        {
            "clients:read",
            "clients:write",
            "dead-letters:read",
            "event-flow:read",
            "dead-letters:write",
            "divisions:read",
            "events:read",
            "policies:read",
            "sandbox:clock",
        }
    ),
    "household_agent": frozenset(
        {
            "applications:write",
            "cases:read",
            "divisions:read",
            "evidence:write",
            "objections:write",
            "policies:read",
            "tasks:read",
            "tasks:write",
        }
    ),
}

MANAGEMENT = frozenset({"clients:write", "dead-letters:write", "officers:write", "sandbox:clock"})
"""What people do themselves: never granted to a system, neither as its own nor for an officer."""
DELEGABLE = frozenset().union(*ROLES.values()) - MANAGEMENT
"""What a system may be registered to do for officers: each time no more than the officer may."""
APPOINTS: dict[str, frozenset[str]] = {"county_officer": frozenset(ROLES) - {"operator"}}
"""Whom each role appoints. Nobody appoints above their own: operators are appointed at the machine."""
GRANTS: dict[str, frozenset[str]] = {
    "county_officer": ROLES["county_officer"] - MANAGEMENT,
    "operator": READING | ROLES["auditor"],
}
"""The scopes that each role may give to a system as its own."""


def scopes_of(role: str) -> frozenset[str]:
    return ROLES[role]
