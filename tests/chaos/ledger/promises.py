"""What a command promises by its answer: the events that it tells, and the row that it makes."""

import re
from dataclasses import dataclass

_ID = "[0-9a-f-]{36}"


@dataclass(frozen=True, slots=True)
class Promise:
    """``tells``: one of these events, under the command's trace; ``many`` where a command tells several of it.

    ``makes``: the table in which the answer's id stands.
    """

    method: str
    path: str
    tells: tuple[str, ...] = ()
    many: bool = False
    makes: str = ""

    def of(self, method: str, path: str) -> bool:
        return method == self.method and re.fullmatch(self.path.replace("{}", _ID), path) is not None


PROMISES = (
    Promise("POST", "/v1/divisions"),
    Promise("POST", "/v1/households", ("household_registered",), makes="households"),
    Promise("POST", "/v1/household-imports", makes="households.jobs"),
    Promise("POST", "/v1/households/{}/relatives"),
    Promise("POST", "/v1/households/{}/members", ("membership_changed",), makes="members"),
    Promise("PATCH", "/v1/households/{}/members/{}", ("membership_changed",), makes="members"),
    Promise("POST", "/v1/households/{}/members/{}/removal", ("membership_changed",), makes="members"),
    Promise("POST", "/v1/registration-imports", ("household_registration_imported",), many=True),
    Promise("POST", "/v1/evidence", makes="evidence"),
    Promise("POST", "/v1/assessments", makes="assessments"),
    Promise("POST", "/v1/applications", ("application_submitted",), makes="cases"),
    Promise("POST", "/v1/appraisals", ("group_appraisal_held", "village_appraisal_held"), makes="lists"),
    Promise("POST", "/v1/publicities", ("group_publicity_started", "village_publicity_started"), makes="lists"),
    Promise("POST", "/v1/publicities/{}/objections", ("objection_raised",), makes="objections"),
    Promise("POST", "/v1/publicities/{}/ending", makes="lists"),
    Promise("POST", "/v1/objections/{}/resolution", ("objection_resolved",), makes="objections"),
    Promise("POST", "/v1/cases/{}/survey", ("household_surveyed",), makes="cases"),
    Promise("POST", "/v1/cases/{}/withdrawal", ("case_withdrawn",), makes="cases"),
    Promise("POST", "/v1/cases/{}/rejection", ("case_rejected",), makes="cases"),
    Promise("POST", "/v1/township-reviews", ("township_review_completed",), makes="lists"),
    Promise("POST", "/v1/comparison-datasets", makes="comparison_datasets"),
    Promise("POST", "/v1/comparisons", ("county_comparison_started",), makes="lists"),
    Promise("POST", "/v1/suspects/{}/verification", ("suspect_reverified",), makes="suspects"),
    Promise("POST", "/v1/data-cleanings", ("data_cleaning_completed",), makes="lists"),
    Promise("POST", "/v1/announcements", ("announcement_published",), makes="lists"),
    Promise("POST", "/v1/tasks/{}/completion", ("task_completed",), makes="tasks"),
    Promise("POST", "/v1/sandbox/clock", ("policy_clock_advanced",)),
)


class Unpromised(LookupError):
    """The load sends a command of which the ledger knows nothing: it could not be checked."""


def promise_of(method: str, path: str) -> Promise:
    """Raises ``Unpromised``."""
    for promise in PROMISES:
        if promise.of(method, path):
            return promise
    raise Unpromised(f"{method} {path}")
