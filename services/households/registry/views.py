"""How a household and its members are shown: masked, unless a purpose was given."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.households.registry.domain import Action, available_actions
from services.households.registry.store import RECORD
from shared.auth import Principal
from shared.codes import (
    Education,
    Ethnicity,
    Health,
    HouseholdStatus,
    JoiningReason,
    Kinship,
    Labour,
    LeavingReason,
    MedicalInsurance,
    MigrantWork,
    PensionInsurance,
    Registration,
    Relation,
    Schooling,
    Sex,
)
from shared.http.schemas import Answer, DivisionCode
from shared.identity_numbers import birth_date, mask, mask_name

_SHOWN_OF_A_BOOKLET = 4


class HouseholdSummary(Answer):
    """A household in a list; its head's name is masked."""

    id: UUID
    division: DivisionCode
    head_name: str | None
    members: int
    members_counted: int
    in_scope: bool
    status: HouseholdStatus
    status_since: date | None
    status_case_id: UUID | None
    version: int
    updated_at: datetime


class HouseholdAnswer(HouseholdSummary):
    """Booklet number, address and who lives together are shown in full for a purpose only."""

    booklet_number: str
    address: str | None
    living_together: str | None
    created_at: datetime
    available_actions: list[Action]


class MemberAnswer(Answer):
    """Name and ID number are masked, and the date of birth is absent, unless a purpose was given."""

    id: UUID
    name: str
    sex: Sex
    id_number: str | None
    birth_date: date | None
    relation: Relation
    registration: Registration
    ethnicity: Ethnicity | None
    education: Education | None
    schooling: Schooling | None
    health: Health | None
    labour: Labour | None
    migrant_work: MigrantWork | None
    minimum_living_allowance: bool | None
    medical_insurance: MedicalInsurance | None
    pension_insurance: PensionInsurance | None
    since: date
    joined_by: JoiningReason | None
    until: date | None
    left_by: LeavingReason | None


class RelativeAnswer(Answer):
    officer_id: UUID
    relation: Kinship
    declared_by: UUID
    declared_at: datetime


class Changed(Answer):
    """What was made or changed, and the household's version after it."""

    id: UUID
    version: int


HEAD_NAME = """
    (SELECT name FROM members WHERE household_id = h.id AND relation = 'head' AND until IS NULL) AS head_name"""
_COLUMNS = [f"h.{name}" for name in HouseholdSummary.model_fields if name != "head_name"]
_KEPT = HouseholdAnswer.model_fields.keys() - {"available_actions"}
SUMMARY_COLUMNS = ", ".join([*_COLUMNS, HEAD_NAME])


def summary(row: asyncpg.Record) -> HouseholdSummary:
    values = {name: row[name] for name in HouseholdSummary.model_fields}
    return HouseholdSummary.model_validate(values | {"head_name": _name(row["head_name"], masked=True)})


def household(row: asyncpg.Record, principal: Principal, *, masked: bool) -> HouseholdAnswer:
    values: dict[str, Any] = {name: row[name] for name in _KEPT}
    values["available_actions"] = available_actions(principal.scopes, officer=principal.officer_id is not None)
    values["head_name"] = _name(row["head_name"], masked=masked)
    if masked:
        values |= {"booklet_number": _end_of(row["booklet_number"]), "address": None, "living_together": None}
    return HouseholdAnswer.model_validate(values)


def member(row: asyncpg.Record, *, masked: bool) -> MemberAnswer:
    values: dict[str, Any] = {name: row[name] for name in ("id", "since", "joined_by", "until", "left_by", *RECORD)}
    number = row["id_number"]
    values["birth_date"] = birth_date(number) if number is not None and not masked else None
    if masked:
        values["name"] = mask_name(row["name"])
        values["id_number"] = mask(number) if number is not None else None
    return MemberAnswer.model_validate(values)


def _end_of(booklet: str) -> str:
    return "*" * 6 + (booklet[-_SHOWN_OF_A_BOOKLET:] if len(booklet) > 2 * _SHOWN_OF_A_BOOKLET else "")


def _name(name: str | None, *, masked: bool) -> str | None:
    return mask_name(name) if name is not None and masked else name
