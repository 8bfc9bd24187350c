"""Officers as callers send and see them."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import asyncpg
from pydantic import ConfigDict, Field, StringConstraints, model_validator

from services.gateway.officers.domain import Action, Office, available_actions
from services.gateway.officers.store import LONGEST_NAME
from shared.auth import Principal
from shared.codes import OfficerState, Role
from shared.http.schemas import NOT_BLANK, Answer, Body, DivisionCode, Omissible
from shared.identity_numbers import mask_name

DisplayName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=NOT_BLANK, min_length=1, max_length=LONGEST_NAME),
    Field(examples=["王小明"]),
]
LOGIN_NAME = r"^[a-z0-9][a-z0-9._-]{2,63}$"
LoginName = Annotated[
    str,
    StringConstraints(pattern=LOGIN_NAME),
    Field(description="For logging in with a password of ours", examples=["wangxm"]),
]


class OfficerBody(Body):
    """Without ``login_name`` the officer has no password here, and comes by an external issuer or not at all."""

    display_name: DisplayName
    role: Role
    division: DivisionCode
    login_name: LoginName | None = None


class OfficerChanges(Body):
    """What is not named stays; at least one is named. Another role or division ends every token of before."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    display_name: Omissible[DisplayName] = None
    role: Omissible[Role] = None
    division: Omissible[DivisionCode] = None
    login_name: Omissible[LoginName] = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name what is to change")
        return self


class OfficerAnswer(Answer):
    """Names are shown in full to whoever may appoint; others see 王** and no login name."""

    id: UUID
    display_name: str
    login_name: str | None
    role: Role
    division: DivisionCode
    state: OfficerState
    appointed_by: UUID | None
    available_actions: list[Action]
    version: int
    created_at: datetime
    updated_at: datetime


class OfficerChanged(Answer):
    """What was made or changed, and its version after it."""

    id: UUID
    version: int


class OfficerWithPassword(OfficerChanged):
    """``initial_password`` is told this once, and null where the request is repeated; it must be changed at login."""

    initial_password: str | None
    initial_password_until: datetime | None


def office_of(row: asyncpg.Record) -> Office:
    return Office(row["id"], row["role"], row["division"], row["state"], row["login_name"] is not None)


def shown(row: asyncpg.Record, principal: Principal) -> OfficerAnswer:
    values = {name: row[name] for name in OfficerAnswer.model_fields if name != "available_actions"}
    if "officers:write" not in principal.scopes:
        values |= {"display_name": mask_name(row["display_name"]), "login_name": None}
    actions = available_actions(principal, office_of(row))
    return OfficerAnswer.model_validate(values | {"available_actions": actions})
