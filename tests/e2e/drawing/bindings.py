"""Which ids of the running system stand in for drawn ones, where, and how often. As data."""

from typing import Any

OFTEN, SOMETIMES = 0.8, 0.5
_LISTS_AT = {
    "announcements": "announcements",
    "appraisals": "appraisals",
    "data-cleanings": "cleanings",
    "publicities": "publicities",
    "township-reviews": "reviews",
}
_PATHS = {
    "case_id": "open",
    "code": "divisions",
    "comparison_id": "comparisons",
    "dataset_id": "datasets",
    "digest": "evidence",
    "division": "divisions",
    "household_id": "households",
    "letter_id": "letters",
    "member_id": "members",
    "objection_id": "objections",
    "suspect_id": "suspects",
    "task_id": "tasks",
    "year": "years",
}
_QUERIES = {
    "case_id": "cases",
    "comparison": "comparisons",
    "division": "divisions",
    "household_id": "households",
    "parent": "divisions",
}
_HEADERS = {"If-Match": "versions"}
MADE_UP: dict[str, list[Any]] = {"versions": ['"1"', '"2"', "*"], "years": [2026, 2027]}
"""What has no id, and still is drawn seldom."""

_BODIES = {
    "applications[*].evidence[*]": "evidence",
    "applications[*].household_id": "households",
    "case_id": "open",
    "cases[*]": "open",
    "datasets[*]": "datasets",
    "decisions[*].case_id": "open",
    "division": "divisions",
    "divisions[*].code": "divisions",
    "evidence[*]": "evidence",
    "household_id": "households",
    "minutes": "evidence",
    "officer_id": "officers",
    "registrations[*].household_id": "households",
    "results[*].case_id": "open",
    "surveyors[*].officer_id": "officers",
    "surveys[*].case_id": "open",
    "surveys[*].evidence[*]": "evidence",
    "surveys[*].surveyors[*].officer_id": "officers",
}


def dictionaries(ids: dict[str, list[Any]]) -> dict[str, Any]:
    return {kind: {"values": values} for kind, values in ids.items() if values}


def parameters(ids: dict[str, list[Any]]) -> dict[str, Any]:
    """Of every operation that has a parameter or field of the name."""
    bound = (
        {f"path.{name}": (kind, OFTEN) for name, kind in _PATHS.items()}
        | {f"query.{name}": (kind, SOMETIMES) for name, kind in _QUERIES.items()}
        | {f"header.{name}": (kind, SOMETIMES) for name, kind in _HEADERS.items()}
        | {f"body.{name}": (kind, OFTEN) for name, kind in _BODIES.items()}
    )
    return {name: _bound(*binding) for name, binding in bound.items() if ids.get(binding[0])}


def operations(ids: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """``list_id`` means another list at each place."""
    return [
        {"include-path-regex": f"^/v1/{resource}/", "parameters": {"path.list_id": _bound(kind, OFTEN)}}
        for resource, kind in _LISTS_AT.items()
        if ids.get(kind)
    ]


def _bound(kind: str, probability: float) -> dict[str, Any]:
    return {"dictionary": kind, "probability": probability}
