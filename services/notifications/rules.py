"""Who has to do what when something has happened, and what settles it. Reading this page is reading the rules (§4)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from shared.events import Event
from shared.events.identification import (
    CaseAppraisedByGroup,
    CaseAppraisedByVillage,
    CaseEvent,
    CasePassedGroupPublicity,
    CasePublicisedInGroup,
    CasePublicisedInVillage,
    CaseRejected,
    CaseReturned,
    CaseWithdrawn,
    CountyComparisonFlaggedSuspect,
    GroupAppraisalHeld,
    HouseholdIdentified,
    HouseholdSurveyed,
    ObjectionRaised,
    ObjectionResolved,
    SuspectReverified,
    VillageAppraisalHeld,
)

Condition: TypeAlias = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Office:
    """Officers of any of ``roles`` in the division of ``level`` above the case, or in the case's own."""

    name: str
    roles: tuple[str, ...]
    level: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """``days`` until it is due, of the policy clock [ours]; a message has none."""

    name: str
    days: int | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """``about`` names the event's field that the task is about."""

    event: type[Event]
    kind: Kind
    office: Office
    about: str
    when: Condition = lambda event: True


@dataclass(frozen=True, slots=True)
class Settlement:
    """Done by the event; without ``office``, whoever had it to do."""

    event: type[Event]
    kind: Kind
    about: str
    office: Office | None = None
    when: Condition = lambda event: True


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The case's open tasks of these kinds are void."""

    event: type[CaseEvent]
    kinds: tuple[Kind, ...]


VILLAGE = Office("village", ("village_cadre",), "village")
SURVEYORS = Office("surveyors", ("village_cadre", "resident_cadre"), "village")
VERIFIERS = Office("verifiers", ("village_cadre", "township_officer"), "village")
TOWNSHIP = Office("township", ("township_officer",), "township")
HOUSEHOLD = Office("household", ("household_agent", "township_clerk"), None)
OFFICES = {office.name: office for office in (VILLAGE, SURVEYORS, VERIFIERS, TOWNSHIP, HOUSEHOLD)}

OVERSEERS = frozenset({"county_officer", "township_officer", "supervisor"})
"""Who also sees what the other offices of their area have to do."""

POST_NOTICE = Kind("post_notice", 3, "张榜公示", "Post the notice")
SURVEY_HOUSEHOLD = Kind("survey_household", 15, "入户调查", "Survey the household")
RESOLVE_OBJECTION = Kind("resolve_objection", 7, "核实异议", "Resolve the objection")
REVERIFY_SUSPECT = Kind("reverify_suspect", 10, "核实疑似问题", "Re-verify the suspect")
CASE_MOVED = Kind("case_moved", None, "事项有新进展", "The case has moved")
KINDS = {kind.name: kind for kind in (POST_NOTICE, SURVEY_HOUSEHOLD, RESOLVE_OBJECTION, REVERIFY_SUSPECT, CASE_MOVED)}


def _someone_passed(event: GroupAppraisalHeld | VillageAppraisalHeld) -> bool:
    return event.passed > 0


def _back_to_survey(event: CaseReturned) -> bool:
    return event.step == "survey"


def _decided(event: HouseholdSurveyed) -> bool:
    """An undetermined verdict wants another visit."""
    return event.verdict != "undetermined"


def _by_village(event: SuspectReverified) -> bool:
    return event.level == "village"


def _by_township(event: SuspectReverified) -> bool:
    return event.level == "township"


def _signed_apart(event: SuspectReverified) -> bool:
    """The township signs last: without an outcome then, the two differ and begin anew."""
    return event.level == "township" and event.outcome is None


# fmt: off
ASSIGNMENTS = (
    Assignment(GroupAppraisalHeld, POST_NOTICE, VILLAGE, "list_id", _someone_passed),
    Assignment(VillageAppraisalHeld, POST_NOTICE, VILLAGE, "list_id", _someone_passed),
    Assignment(CasePassedGroupPublicity, SURVEY_HOUSEHOLD, SURVEYORS, "case_id"),
    Assignment(CaseReturned, SURVEY_HOUSEHOLD, SURVEYORS, "case_id", _back_to_survey),
    Assignment(ObjectionRaised, RESOLVE_OBJECTION, VERIFIERS, "objection_id"),
    Assignment(CountyComparisonFlaggedSuspect, REVERIFY_SUSPECT, VILLAGE, "suspect_id"),
    Assignment(CountyComparisonFlaggedSuspect, REVERIFY_SUSPECT, TOWNSHIP, "suspect_id"),
    Assignment(SuspectReverified, REVERIFY_SUSPECT, VILLAGE, "suspect_id", _signed_apart),
    Assignment(SuspectReverified, REVERIFY_SUSPECT, TOWNSHIP, "suspect_id", _signed_apart),
    Assignment(HouseholdIdentified, CASE_MOVED, HOUSEHOLD, "case_id"),
    Assignment(CaseRejected, CASE_MOVED, HOUSEHOLD, "case_id"),
    Assignment(CaseReturned, CASE_MOVED, HOUSEHOLD, "case_id"),
    Assignment(CaseWithdrawn, CASE_MOVED, HOUSEHOLD, "case_id"),
)
SETTLEMENTS = (
    Settlement(HouseholdSurveyed, SURVEY_HOUSEHOLD, "case_id", when=_decided),
    Settlement(ObjectionResolved, RESOLVE_OBJECTION, "objection_id"),
    Settlement(SuspectReverified, REVERIFY_SUSPECT, "suspect_id", VILLAGE, _by_village),
    Settlement(SuspectReverified, REVERIFY_SUSPECT, "suspect_id", TOWNSHIP, _by_township),
)
_ALL_BUT_MESSAGES = (SURVEY_HOUSEHOLD, RESOLVE_OBJECTION, REVERIFY_SUSPECT)
CANCELLATIONS = (
    Cancellation(CaseReturned, (SURVEY_HOUSEHOLD,)),
    Cancellation(HouseholdIdentified, _ALL_BUT_MESSAGES),
    Cancellation(CaseRejected, _ALL_BUT_MESSAGES),
    Cancellation(CaseWithdrawn, _ALL_BUT_MESSAGES),
)
# fmt: on

AWAITS_NOTICE: tuple[type[Event], ...] = (CaseAppraisedByGroup, CaseAppraisedByVillage)
"""A case that passed waits for its publicity; the notice of its list is posted once no case waits any more."""
NOTICE_SETTLED: tuple[type[Event], ...] = (
    CasePublicisedInGroup,
    CasePublicisedInVillage,
    CaseRejected,
    CaseReturned,
    CaseWithdrawn,
)
EVENTS: frozenset[type[Event]] = frozenset(
    {rule.event for rule in (*ASSIGNMENTS, *SETTLEMENTS, *CANCELLATIONS)} | {*AWAITS_NOTICE, *NOTICE_SETTLED}
)
