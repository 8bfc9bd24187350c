"""API clients as callers send and see them."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import asyncpg
from pydantic import Field, StringConstraints, model_validator

from services.gateway.api_clients.domain import GRACE, LONGEST_GRACE, Action, Grant, available_actions
from shared.auth import Principal
from shared.codes import ClientState, Role
from shared.http.schemas import AS_NUMBER, NOT_BLANK, Answer, Body, DivisionCode

CLIENT_ID = r"^[a-z0-9][a-z0-9-]{2,62}$"
ClientId = Annotated[
    str,
    StringConstraints(pattern=CLIENT_ID),
    Field(description="A name for the system; it stands in events, so no person's", examples=["civil-affairs"]),
]
ClientName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=NOT_BLANK, min_length=1, max_length=100),
    Field(examples=["民政厅低保系统"]),
]
Scopes = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[a-z-]+:[a-z]+$")]],
    Field(max_length=100, examples=[["cases:read", "households:read"]]),
]


class ApiClientBody(Body):
    """``scopes``: what the system does for itself; ``delegated_scopes``: for officers whose tokens it exchanges."""

    id: ClientId
    name: ClientName
    role: Role
    division: DivisionCode
    scopes: Scopes = Field(default_factory=list)
    delegated_scopes: Scopes = Field(default_factory=list)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.scopes and not self.delegated_scopes:
            raise ValueError("a client that may do nothing")
        return self

    @property
    def grant(self) -> Grant:
        return Grant(self.role, self.division, frozenset(self.scopes), frozenset(self.delegated_scopes))


class SecretRenewal(Body):
    """How long the secret of before holds beside the new one."""

    grace_seconds: Annotated[int, Field(ge=0, le=int(LONGEST_GRACE.total_seconds())), AS_NUMBER] = int(
        GRACE.total_seconds()
    )


class ApiClientAnswer(Answer):
    """``previous_secret_until``: when the secret of before ends, while two hold. Events have ``registration_id`` as
    their subject.
    """

    id: str
    registration_id: UUID
    name: str
    role: Role
    division: DivisionCode
    scopes: list[str]
    delegated_scopes: list[str]
    state: ClientState
    previous_secret_until: datetime | None
    registered_by: UUID | None
    available_actions: list[Action]
    version: int
    created_at: datetime
    updated_at: datetime


class ApiClientChanged(Answer):
    id: str
    version: int


class ApiClientSecret(ApiClientChanged):
    """``secret`` is told this once, and null where the request is repeated: who has lost it renews it."""

    secret: str | None


def grant_of(row: asyncpg.Record) -> Grant:
    return Grant(
        row["role"], row["division"], frozenset(row["scopes"]), frozenset(row["delegated_scopes"]), row["state"]
    )


def shown(row: asyncpg.Record, principal: Principal) -> ApiClientAnswer:
    computed = {"available_actions", "previous_secret_until"}
    values = {name: row[name] for name in ApiClientAnswer.model_fields if name not in computed}
    return ApiClientAnswer.model_validate(
        values
        | {
            "available_actions": available_actions(principal, grant_of(row)),
            "previous_secret_until": row["previous_until"],
        }
    )
