"""Identification's events: the eight steps of entry and return, in the field's words."""

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from shared.events.base import Event

Kind = Literal["entry", "return"]
State = Literal["open", "identified", "rejected", "withdrawn"]
Step = Literal[
    "application",
    "group_appraisal",
    "survey",
    "village_appraisal",
    "township_review",
    "county_comparison",
    "data_cleaning",
    "announcement",
]
Status = Literal["none", "poor", "exited"]


class CaseEvent(Event):
    """Something happened to one household's case; ``step`` and ``state`` are those after it."""

    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "case_id"

    case_id: UUID
    household_id: UUID
    kind: Kind
    step: Step
    state: State


class ListEvent(Event):
    """The header of a list: what was done to its cases together. Each case has an event of its own beside it."""

    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "list_id"

    list_id: UUID
    cases: int


# 1 application


class ApplicationSubmitted(CaseEvent):
    pass


class ApplicationAccepted(CaseEvent):
    """In scope, no other open case, not already registered."""


# 2 group appraisal and first publicity


class GroupAppraisalHeld(ListEvent):
    passed: int


class CaseAppraisedByGroup(CaseEvent):
    list_id: UUID
    passed: bool


class GroupPublicityStarted(ListEvent):
    ends_at: datetime


class CasePublicisedInGroup(CaseEvent):
    list_id: UUID


class GroupPublicityEnded(ListEvent):
    pass


class CasePassedGroupPublicity(CaseEvent):
    list_id: UUID


class ObjectionRaised(CaseEvent):
    objection_id: UUID
    list_id: UUID


class ObjectionResolved(CaseEvent):
    objection_id: UUID
    outcome: Literal["upheld", "dismissed"]


# 3 survey


class HouseholdSurveyed(CaseEvent):
    assessment_id: UUID
    assessment_version: int
    verdict: Literal["eligible", "ineligible", "undetermined"]


# 4 village appraisal and second publicity


class VillageAppraisalHeld(ListEvent):
    passed: int


class CaseAppraisedByVillage(CaseEvent):
    list_id: UUID
    passed: bool


class VillagePublicityStarted(ListEvent):
    ends_at: datetime


class CasePublicisedInVillage(CaseEvent):
    list_id: UUID


class VillagePublicityEnded(ListEvent):
    pass


class CasePassedVillagePublicity(CaseEvent):
    list_id: UUID


# 5 township review


class TownshipReviewCompleted(ListEvent):
    approved: int
    rejected: int
    returned: int


class CaseReviewedByTownship(CaseEvent):
    list_id: UUID
    decision: Literal["approve", "reject", "return"]


# 6 county comparison


class CountyComparisonStarted(ListEvent):
    pass


class CountyComparisonCompleted(ListEvent):
    flagged: int


class CaseCompared(CaseEvent):
    list_id: UUID
    suspects: int


class CountyComparisonFlaggedSuspect(CaseEvent):
    suspect_id: UUID
    list_id: UUID


class SuspectReverified(CaseEvent):
    """A signature of village or township; ``outcome`` stands once both have signed alike."""

    suspect_id: UUID
    level: Literal["village", "township"]
    outcome: Literal["refuted", "cleared", "confirmed"] | None


class CasePassedCountyComparison(CaseEvent):
    """Every suspect was refuted or cleared."""


# 7 data cleaning


class DataCleaningCompleted(ListEvent):
    clean: int


class DataIssueFound(CaseEvent):
    issue_id: UUID


class DataIssueMended(CaseEvent):
    issue_id: UUID


class CaseCleaned(CaseEvent):
    list_id: UUID


# 8 announcement


class AnnouncementPublished(ListEvent):
    published_on: date


class HouseholdIdentified(CaseEvent):
    """The household is registered poor. ``registration_version`` counts its registrations."""

    list_id: UUID
    registration_version: int


# at any step


class CaseRejected(CaseEvent):
    """``ground`` tells the kind of decision, never the fact behind it."""

    ground: Literal[
        "officer_decision",
        "not_passed",
        "objection_upheld",
        "ineligible",
        "review_rejected",
        "suspect_confirmed",
    ]


class CaseReturned(CaseEvent):
    """Sent back to the earlier step that ``step`` now names."""

    returned_from: Step


class CaseWithdrawn(CaseEvent):
    pass


# registrations and policies


class HouseholdRegistrationImported(Event):
    """The opening balance: who was already poor or exited."""

    AGGREGATE: ClassVar[str] = "household_id"

    household_id: UUID
    status: Literal["poor", "exited"]
    since: date
    registration_version: int


class PolicyPublished(Event):
    AGGREGATE: ClassVar[str] = "policy_id"

    policy_id: UUID
    year: int
    version: str
