"""The officers whom a season needs, as data: so many of a role in every division of a level."""

from collections.abc import Iterable

from services.season.county.records import Division, Officer

STAFF = (
    ("county_officer", "county", 2),
    ("supervisor", "county", 1),
    ("auditor", "county", 1),
    ("operator", "county", 1),
    ("township_officer", "township", 2),
    ("township_clerk", "township", 1),
    ("village_cadre", "village", 3),
    ("resident_cadre", "village", 2),
    ("helper", "village", 1),
    ("household_agent", "village", 1),
)
"""Role, level, how many. Two review in a township, so that one can be the relative of an applicant."""


def appoint(divisions: Iterable[Division]) -> tuple[Officer, ...]:
    known = tuple(divisions)
    return tuple(
        Officer(role, division.code, ordinal)
        for role, level, count in STAFF
        for division in known
        if division.level == level
        for ordinal in range(1, count + 1)
    )
