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
        "comparisons:write",
        "divisions:write",
        "evidence:write",
        "households:import",
        "households:personal",
        "households:write",
        "cases:decide",
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
    "supervisor": READING | {"households:personal"},
    "auditor": frozenset({"cases:read", "dead-letters:read", "divisions:read", "events:read", "policies:read"}),
    "operator": frozenset(
        {
            "dead-letters:read",
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


def scopes_of(role: str) -> frozenset[str]:
    return ROLES[role]
