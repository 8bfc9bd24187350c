"""Identification's tables. Statements run on asyncpg; here stands what they find."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Index, Numeric, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.database.tables import add_common_tables, json_column, moment


class Base(SQLModel, registry=registry()):
    pass


add_common_tables(Base)


def _false(description: str) -> Any:
    column = Column(Boolean, nullable=False, server_default=text("false"))
    return Field(default=False, description=description, sa_column=column)


class KnownHousehold(Base, table=True):
    """A household as households told it: a projection, never an authority."""

    __tablename__ = "known_households"
    id: UUID = Field(primary_key=True)
    division: str = Field(index=True)
    in_scope: bool
    version: int


class Registration(Base, table=True):
    """Who is poor or exited since when, by which decision. The newest version of a household counts."""

    __tablename__ = "registrations"
    __table_args__ = (Index("registrations_by_case", "case_id"),)
    household_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True)
    status: str = Field(description="poor, exited")
    since: date
    division: str
    case_id: UUID | None = None
    policy_version: str | None = None
    recorded_at: datetime = moment()


class CaseRow(Base, table=True):
    """One open case a household: the index holds it, whatever two officers do at once."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_one_open", "household_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("cases_by_step", "step", "division", postgresql_where=text("state = 'open'")),
        Index("cases_by_division", "division", "id"),
        Index("cases_by_household", "household_id"),
    )
    id: UUID = Field(primary_key=True)
    household_id: UUID
    division: str
    kind: str
    submitted_by: UUID
    state: str
    step: str
    stage: str
    version: int
    verdict: str | None = None
    assessment_id: UUID | None = None
    list_id: UUID | None = None
    publicity_ends_at: datetime | None = moment(nullable=True)
    publicity_over: bool = False
    open_objections: int = 0
    open_suspects: int = 0
    open_issues: int = 0
    evidence: list[str] = json_column()
    applied_on: date
    policy_version: str | None = None
    created_at: datetime = moment()
    updated_at: datetime = moment()


class CaseHistory(Base, table=True):
    """Every event of a case with its officer and the reason given; append-only."""

    __tablename__ = "case_history"
    case_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    at: datetime = moment()
    event: str
    step: str
    stage: str
    state: str
    officer_id: UUID | None = None
    reason: str | None = None
    list_id: UUID | None = None


class CaseList(Base, table=True):
    """A list of cases acted on at once: appraisal, publicity, review, comparison, cleaning, announcement."""

    __tablename__ = "lists"
    __table_args__ = (Index("lists_by_kind", "kind", "division", "id"),)
    id: UUID = Field(primary_key=True)
    kind: str
    step: str
    division: str
    officer_id: UUID
    state: str = Field(description="done; publicities: posted, ended; comparisons: running, done, failed")
    version: int = 1
    cases: int
    details: dict[str, Any] = json_column()
    held_at: datetime = moment()
    ends_at: datetime | None = moment(nullable=True)
    updated_at: datetime = moment(now=True)


class ListCase(Base, table=True):
    """A case's place and result in a list."""

    __tablename__ = "list_cases"
    __table_args__ = (Index("list_cases_by_case", "case_id"),)
    list_id: UUID = Field(primary_key=True)
    case_id: UUID = Field(primary_key=True)
    outcome: str
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    reason: str | None = None


class Objection(Base, table=True):
    __tablename__ = "objections"
    __table_args__ = (Index("objections_by_case", "case_id"), Index("objections_by_list", "list_id"))
    id: UUID = Field(primary_key=True)
    case_id: UUID
    list_id: UUID
    division: str
    state: str = Field(description="open, upheld, dismissed")
    grounds: str
    objector: str | None = Field(default=None, description="absent where the objection is anonymous")
    raised_by: UUID | None = None
    raised_at: datetime = moment()
    resolution: str | None = None
    resolved_by: UUID | None = None
    resolved_at: datetime | None = moment(nullable=True)


class Policy(Base, table=True):
    """An immutable version of a division's policy for a year; the newest counts."""

    __tablename__ = "policies"
    __table_args__ = (Index("policies_by_version", "version"),)
    id: UUID = Field(primary_key=True)
    division: str
    year: int
    sequence: int
    version: str
    parameters: dict[str, Any] = json_column()
    criteria: str = Field(description="the criteria file's text")
    published_by: UUID
    published_at: datetime = moment()


class Assessment(Base, table=True):
    """A household's facts in a year: an immutable version, with its surveyors and evidence."""

    __tablename__ = "assessments"
    __table_args__ = (Index("assessments_newest", "household_id", "year", "version", unique=True),)
    id: UUID = Field(primary_key=True)
    household_id: UUID
    division: str
    year: int
    version: int
    facts: dict[str, Any] = json_column()
    causes: list[str] = json_column()
    main_cause: str | None = None
    surveyors: list[dict[str, Any]] = json_column()
    evidence: list[str] = json_column()
    income: Decimal | None = Field(default=None, sa_column=Column(Numeric(14, 2)))
    assessed_by: UUID
    assessed_at: datetime = moment()


class Decision(Base, table=True):
    """A verdict as it was made: compact results, and the versions of facts and policy they rest on."""

    __tablename__ = "decisions"
    __table_args__ = (Index("decisions_by_case", "case_id"),)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    assessment_id: UUID
    policy_version: str
    procedure: str
    verdict: str
    criteria: dict[str, Any] = json_column()
    missing_facts: list[str] = json_column()
    made_at: datetime = moment()


class Evidence(Base, table=True):
    """Bytes by their SHA-256, once for each division they came from; the file's name is never kept."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("evidence_unsettled", "handed_in_at", postgresql_where=text("NOT settled")),
        Index("evidence_lost", "digest", postgresql_where=text("lost")),
    )
    digest: str = Field(primary_key=True)
    division: str = Field(primary_key=True)
    size: int
    media_type: str
    uploaded_by: UUID
    uploaded_at: datetime = moment()
    handed_in_at: datetime = moment(now=True)
    settled: bool = _false("cited when the grace period had passed: it stays")
    lost: bool = _false("its bytes are gone from the store")


class ComparisonDataset(Base, table=True):
    """A department's extract: a file of ours until it was compared, then only what is told here."""

    __tablename__ = "comparison_datasets"
    id: UUID = Field(primary_key=True)
    kind: str
    division: str
    digest: str
    encoding: str
    rows: int
    uploaded_by: UUID
    uploaded_at: datetime = moment()
    removed_at: datetime | None = moment(nullable=True)


class Suspect(Base, table=True):
    """A hit of the county comparison that bears on a criterion, verified again by village and township."""

    __tablename__ = "suspects"
    __table_args__ = (
        Index("suspects_once", "case_id", "fingerprint", unique=True),
        Index("suspects_by_state", "state", "division", "id"),
        Index("suspects_by_list", "list_id"),
    )
    id: UUID = Field(primary_key=True)
    case_id: UUID
    household_id: UUID
    member_id: UUID
    division: str
    list_id: UUID
    kind: str
    criterion: str
    fingerprint: str
    evidence: dict[str, Any] = json_column()
    state: str = Field(description="open, refuted, cleared, confirmed")
    version: int = 1
    raised_at: datetime = moment()
    updated_at: datetime = moment(now=True)


class SuspectSignature(Base, table=True):
    __tablename__ = "suspect_signatures"
    suspect_id: UUID = Field(primary_key=True)
    round: int = Field(primary_key=True)
    level: str = Field(primary_key=True, description="village, township")
    outcome: str
    reason: str
    evidence: list[str] = json_column()
    signed_by: UUID
    signed_at: datetime = moment()


class DataIssue(Base, table=True):
    """What data cleaning found in a case's records."""

    __tablename__ = "data_issues"
    __table_args__ = (Index("data_issues_once", "case_id", "fingerprint", unique=True),)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    member_id: UUID | None = None
    rule: str
    fingerprint: str
    state: str = Field(description="open, mended")
    found_at: datetime = moment()
    mended_at: datetime | None = moment(nullable=True)


METADATA = Base.metadata
