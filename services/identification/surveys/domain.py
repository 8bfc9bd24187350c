"""The rules of a home visit. Pure."""

from collections.abc import Sequence

CADRES = frozenset({"village_cadre", "group_cadre"})
RESIDENT = "resident_cadre"


def surveyors_complete(capacities: Sequence[str]) -> bool:
    """At least one village or group cadre and one resident cadre (reading §4, step 3)."""
    return bool(CADRES.intersection(capacities)) and RESIDENT in capacities
