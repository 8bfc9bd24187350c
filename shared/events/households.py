"""Households' events: who lives where, without saying who they are."""

from typing import ClassVar, Literal
from uuid import UUID

from shared.events.base import Event

Purpose = Literal[
    "survey",
    "verification",
    "notice",
    "comparison",
    "data_cleaning",
    "recusal",
    "assistance",
    "inspection",
    "correction",
]


class HouseholdEvent(Event):
    """``in_scope`` is the outcome of the scope rule for the household's head (reading: scope.registration)."""

    ABSTRACT: ClassVar[bool] = True
    AGGREGATE: ClassVar[str] = "household_id"

    household_id: UUID
    in_scope: bool


class HouseholdRegistered(HouseholdEvent):
    members: int


class MembershipChanged(HouseholdEvent):
    members: int


class HouseholdMoved(HouseholdEvent):
    """The envelope's division is the new one."""

    previous_division: str


class PersonalDataAccessed(Event):
    """Personal data of some households was shown unmasked, or given to another service, for a stated purpose."""

    AGGREGATE: ClassVar[str] = "access_id"

    access_id: UUID
    accessed_by: str
    purpose: Purpose
    households: int
