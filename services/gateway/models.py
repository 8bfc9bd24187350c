"""The gateway's tables: who may ask for tokens, and the sandbox clock's moves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Column, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.database.tables import add_common_tables, moment


class Base(SQLModel, registry=registry()):
    pass


add_common_tables(Base)


class ApiClient(Base, table=True):
    """A system that may ask for tokens. It acts for one officer, or for none."""

    __tablename__ = "api_clients"
    id: str = Field(primary_key=True)
    secret_hash: str = Field(description="argon2id")
    role: str
    division: str
    scopes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    officer_id: UUID | None = None
    created_at: datetime = moment(now=True)


class ClockMove(Base, table=True):
    """Where a move of the sandbox's clock leads, so that a repeated request moves it no further."""

    __tablename__ = "clock_moves"
    principal: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request: str
    seconds: float


METADATA = Base.metadata
