"""The gateway's tables: who may act and who may ask for tokens, what holds no more, and the sandbox clock's moves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, Index, LargeBinary, Text, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.database.tables import add_common_tables, moment


class Base(SQLModel, registry=registry()):
    pass


add_common_tables(Base)


class Officer(Base, table=True):
    """A person who acts for the administration in an area. Names are kept here and nowhere else."""

    __tablename__ = "officers"
    __table_args__ = (
        Index("officers_by_login", "login_name", unique=True),
        Index("officers_by_division", "division", "id"),
    )
    id: UUID = Field(primary_key=True)
    display_name: str
    login_name: str | None = Field(default=None, description="for a password of ours; none: an external issuer's")
    role: str
    division: str
    state: str = Field(description="active, suspended, left")
    password_hash: str | None = Field(default=None, description="argon2id")
    initial_until: datetime | None = moment(nullable=True)
    appointed_by: UUID | None = Field(default=None, description="none: appointed at the machine")
    version: int = 1
    created_at: datetime = moment()
    updated_at: datetime = moment()


class ApiClient(Base, table=True):
    """A system that may ask for tokens: for itself by ``scopes``, for officers by ``delegated_scopes``.

    A client of before may act for one officer always (``officer_id``). Two secrets hold while one replaces the other.
    """

    __tablename__ = "api_clients"
    __table_args__ = (Index("api_clients_by_division", "division", "id"),)
    id: str = Field(primary_key=True)
    registration_id: UUID = Field(
        sa_column_kwargs={"server_default": text("gen_random_uuid()")}, description="what its events are about"
    )
    name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    secret_hash: str = Field(description="argon2id")
    previous_hash: str | None = None
    previous_until: datetime | None = moment(nullable=True)
    role: str
    division: str
    scopes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    delegated_scopes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False, server_default="{}"))
    officer_id: UUID | None = None
    state: str = Field(default="active", sa_column_kwargs={"server_default": "active"}, description="active, revoked")
    registered_by: UUID | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class Revocation(Base, table=True):
    """Everything issued under the name up to the moment holds no more. Forgotten when all of it has ended anyway."""

    __tablename__ = "revocations"
    name: str = Field(primary_key=True)
    revoked_at: datetime = moment()
    expires_at: datetime = moment()


class LoginAttempt(Base, table=True):
    """How often somebody has failed of late, by a digest of who or from where; rows of a day ago are forgotten."""

    __tablename__ = "login_attempts"
    __table_args__ = (Index("login_attempts_by_age", "tried_at"),)
    name: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    failures: int
    tried_at: datetime = moment()
    waits_until: datetime = moment()
    known_until: datetime | None = moment(nullable=True)


class ClockMove(Base, table=True):
    """Where a move of the sandbox's clock leads, so that a repeated request moves it no further."""

    __tablename__ = "clock_moves"
    principal: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request: str
    seconds: float


class RefusalReport(Base, table=True):
    """How often it was told of a principal that it is turned away: the count of its events."""

    __tablename__ = "refusal_reports"
    principal_id: UUID = Field(primary_key=True)
    sequence: int = Field(sa_column=Column(BigInteger, nullable=False))


METADATA = Base.metadata
