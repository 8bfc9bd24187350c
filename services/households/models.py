"""Households' tables. Statements run on asyncpg; here stands what they find."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.database.tables import add_common_tables, moment


class Base(SQLModel, registry=registry()):
    pass


add_common_tables(Base)


def _code(*constraints: ForeignKey, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    """Digits in byte order, so that an area is a range of an index whatever the database's language."""
    return Column(String(collation="C"), *constraints, primary_key=primary_key, nullable=nullable)


def _small() -> Column[int]:
    return Column(SmallInteger, nullable=False)


def _long() -> Column[int]:
    return Column(BigInteger, nullable=False)


_LIVING_HEAD = text("relation = 'head' AND until IS NULL")


class Division(Base, table=True):
    __tablename__ = "divisions"
    __table_args__ = (Index("divisions_by_parent", "parent", "code"),)
    code: str = Field(sa_column=_code(primary_key=True))
    name: str
    level: str
    parent: str | None = Field(default=None, sa_column=_code(ForeignKey("divisions.code"), nullable=True))


class Household(Base, table=True):
    """``version`` counts the household's own changes: its ETag, and the sequence of its events.

    Status is identification's truth, shown here with the count of registrations that it follows from.
    """

    __tablename__ = "households"
    __table_args__ = (
        Index("households_by_division", "division", "id", unique=True),
        Index("households_by_booklet", "booklet_number", "county", unique=True),
    )
    id: UUID = Field(primary_key=True)
    division: str = Field(sa_column=_code(ForeignKey("divisions.code")))
    county: str = Field(sa_column=_code(), description="six digits, within which a booklet number is unique")
    booklet_number: str
    address: str | None = None
    living_together: str | None = Field(default=None, description="who lives together, where the booklet differs")
    in_scope: bool
    members: int = Field(sa_column=_small(), description="living in the household now")
    members_counted: int = Field(sa_column=_small(), description="of them, within the scope of identification")
    version: int
    status: str
    status_since: date | None = None
    status_case_id: UUID | None = None
    registration_version: int = 0
    created_at: datetime = moment()
    updated_at: datetime = moment()


class Member(Base, table=True):
    """Membership of one person in one household; ended by ``until``, never deleted."""

    __tablename__ = "members"
    __table_args__ = (
        Index("members_by_household", "household_id", "id"),
        Index("members_by_id_number", "id_number"),
        Index(
            "members_one_household_a_person",
            "id_number",
            unique=True,
            postgresql_where=text("until IS NULL AND NOT tolerated_duplicate"),
        ),
        Index("members_one_head", "household_id", unique=True, postgresql_where=_LIVING_HEAD),
        Index("members_heads_by_name", "name", postgresql_where=_LIVING_HEAD),
    )
    id: UUID = Field(primary_key=True)
    household_id: UUID = Field(foreign_key="households.id")
    name: str
    sex: str
    id_number: str | None = Field(default=None, description="18 characters; absent until it is issued")
    relation: str
    registration: str
    ethnicity: str | None = None
    education: str | None = None
    schooling: str | None = None
    health: str | None = None
    labour: str | None = None
    migrant_work: str | None = None
    minimum_living_allowance: bool | None = None
    medical_insurance: str | None = None
    pension_insurance: str | None = None
    since: date
    joined_by: str | None = Field(default=None, description="absent for those registered with the household")
    until: date | None = None
    left_by: str | None = None
    left_reason: str | None = None
    tolerated_duplicate: bool = Field(
        default=False, description="imported as found, though the person lived in another household"
    )


class Relative(Base, table=True):
    """An officer's declared kinship to a household, for recusal."""

    __tablename__ = "relatives"
    __table_args__ = (Index("relatives_by_officer", "officer_id", "household_id"),)
    household_id: UUID = Field(primary_key=True, foreign_key="households.id")
    officer_id: UUID = Field(primary_key=True)
    relation: str
    declared_by: UUID
    declared_at: datetime = moment()


class HouseholdImport(Base, table=True):
    """An uploaded file of households and how far it has been taken in; its job has the same id."""

    __tablename__ = "household_imports"
    job_id: UUID = Field(primary_key=True, foreign_key="jobs.id")
    file: str = Field(description="name within the folder of uploads; removed when the import has ended")
    digest: str
    allow_duplicates: bool
    bytes_total: int = Field(sa_column=_long())
    bytes_done: int = Field(sa_column=_long())
    lines_done: int
    registered: int
    refused: int
    tolerated_duplicates: int


class ImportedHousehold(Base, table=True):
    """Which line of an import became which household."""

    __tablename__ = "imported_households"
    import_id: UUID = Field(primary_key=True, foreign_key="household_imports.job_id")
    line: int = Field(primary_key=True)
    ref: str | None = None
    household_id: UUID


class ImportErrorRow(Base, table=True):
    """What is wrong with a line of an import: where and how, never the value."""

    __tablename__ = "import_errors"
    import_id: UUID = Field(primary_key=True, foreign_key="household_imports.job_id")
    line: int = Field(primary_key=True)
    number: int = Field(sa_column=Column(SmallInteger, primary_key=True, autoincrement=False))
    pointer: str
    code: str


METADATA = Base.metadata
