"""Notifications' tables: tasks, and the cases whose notice has to be posted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.database.tables import add_common_tables, json_column, moment


class Base(SQLModel, registry=registry()):
    pass


add_common_tables(Base)


class Task(Base, table=True):
    """What an office has to do, or has to know. ``version`` counts the task's events.

    An event assigns a task of one kind to one office once.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index("tasks_once", "cause_id", "kind", "office", unique=True),
        Index("tasks_by_division", "division", "id"),
        Index("tasks_by_subject", "subject_id"),
        Index("tasks_by_case", "case_id"),
    )
    id: UUID = Field(primary_key=True)
    kind: str
    office: str
    division: str = Field(sa_column=Column(Text(collation="C"), nullable=False))
    subject_id: UUID = Field(description="the suspect, objection, list or case that it is about")
    case_id: UUID | None = None
    household_id: UUID | None = None
    list_id: UUID | None = None
    cases: int | None = Field(default=None, description="how many cases a list's notice is for")
    due_on: date | None = None
    state: str = Field(description="open, done, cancelled")
    cause_id: UUID
    created_at: datetime = moment()
    completed_at: datetime | None = moment(nullable=True)
    completed_by: UUID | None = None
    completion: dict[str, Any] | None = json_column(nullable=True)
    version: int = 1


class NoticeCase(Base, table=True):
    """A case that passed an appraisal, and whether it was publicised since or needs it no more."""

    __tablename__ = "notice_cases"
    __table_args__ = (Index("notice_cases_by_case", "case_id"),)
    list_id: UUID = Field(primary_key=True)
    case_id: UUID = Field(primary_key=True)
    settled: bool = False


METADATA = Base.metadata
