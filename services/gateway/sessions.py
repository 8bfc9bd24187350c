"""Officers of first-party pages log in with a password, get a token, change their password, log out.

The grant ``password`` of OAuth 2.0 is gone from OAuth 2.1: a login is a resource of this API instead, and third
parties, who must never see a password, exchange the token that it answers (``docs/adr``).
"""

from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Depends, Request
from pydantic import Field, SecretStr

from services.gateway.hashing import hash_of, matches
from services.gateway.officers.store import change, end_tokens, lock_officer
from services.gateway.problems import LOGIN_REFUSED, LOGIN_THROTTLED, PASSWORD_REFUSED
from services.gateway.revocations import revoke
from services.gateway.throttling.store import Throttled, Try, begin
from shared.auth import Principal
from shared.auth.revocations import token_name
from shared.auth.roles import scopes_of
from shared.auth.tokens import API
from shared.auth.verifier import Token
from shared.clock import system_now
from shared.codes import OfficerState
from shared.context import ServiceContext
from shared.http.access import Context, allow, presented_token
from shared.http.route import Route
from shared.http.schemas import Answer, Body
from shared.problems import Problem
from shared.problems.common import NOT_FOUND, OFFICER_REQUIRED

router = APIRouter(prefix="/v1", route_class=Route)
Password = Annotated[SecretStr, Field(max_length=200, examples=["k7xw-3mpe-9tqc-hv2d"])]
NewPassword = Annotated[SecretStr, Field(min_length=12, max_length=200, examples=["青山-绿水-2016-七月-立夏"])]


class Login(Body):
    login_name: Annotated[str, Field(min_length=1, max_length=64, examples=["wangxm"])]
    password: Password


class Session(Answer):
    """``expires_in`` in seconds. While ``password_change_required`` the token opens nothing but changing it."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str
    officer_id: UUID
    password_change_required: bool


class PasswordChange(Body):
    current_password: Password
    new_password: NewPassword


@router.post("/sessions", status_code=201, tags=["sessions"], summary="工作人员登录 · Log in as an officer")
async def log_in(body: Login, request: Request, context: Context) -> Session:
    """For first-party pages. Failures are counted by login name and address, and make the next try wait."""
    attempt = await _begin(context, body.login_name, request)
    async with context.database.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM officers WHERE login_name = $1", body.login_name)
    kept = row["password_hash"] if row is not None else None
    right = await matches(kept, body.password.get_secret_value())
    if row is None or not right or not _may_enter(row):
        raise Problem(LOGIN_REFUSED)
    await attempt.succeeded()
    return _session(context, row)


@router.delete("/sessions/current", status_code=204, tags=["sessions"], summary="退出登录 · Log out")
async def log_out(
    context: Context,
    _: Annotated[Principal, allow()],
    token: Annotated[Token, Depends(presented_token)],
) -> None:
    """The presented token ends within seconds, in every service, and those that were exchanged for it with it."""
    if not token.token_id:
        raise Problem(NOT_FOUND)
    async with context.database.transaction() as transaction:
        await revoke(transaction, token_name(token.token_id), ends=token.expires_at)


@router.put("/me/password", status_code=204, tags=["me"], summary="更改本人口令 · Change one's own password")
async def change_password(
    body: PasswordChange, request: Request, context: Context, principal: Annotated[Principal, allow()]
) -> None:
    """Every token of before ends within seconds, this one too: log in anew."""
    if principal.officer_id is None or principal.client is not None:
        raise Problem(OFFICER_REQUIRED)
    async with context.database.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM officers WHERE id = $1", principal.officer_id)
    if row is None or row["login_name"] is None:
        raise Problem(NOT_FOUND)
    attempt = await _begin(context, row["login_name"], request)
    current, new = body.current_password.get_secret_value(), body.new_password.get_secret_value()
    if not await matches(row["password_hash"], current):
        raise Problem(LOGIN_REFUSED)
    await attempt.succeeded()
    if new == current or row["login_name"] in new.lower():
        raise Problem(PASSWORD_REFUSED)
    await _set_password(context, row, await hash_of(new))


async def _set_password(context: ServiceContext, row: asyncpg.Record, hashed: str) -> None:
    """Of two changes at once the first one counts: what it was compared with is no more."""
    async with context.database.transaction() as transaction:
        locked = await lock_officer(transaction, row["id"])
        if locked["password_hash"] != row["password_hash"]:
            raise Problem(LOGIN_REFUSED)
        await change(transaction, locked, {"password_hash": hashed, "initial_until": None})
        await end_tokens(transaction, row["id"])


async def _begin(context: ServiceContext, login_name: str, request: Request) -> Try:
    """Raises ``login-throttled``."""
    try:
        return await begin(context.database, f"officer:{login_name}", request)
    except Throttled as throttled:
        raise Problem(LOGIN_THROTTLED, headers=throttled.headers) from None


def _may_enter(row: asyncpg.Record) -> bool:
    until = row["initial_until"]
    return row["state"] == OfficerState.ACTIVE and (until is None or system_now() < until)


def _session(context: ServiceContext, row: asyncpg.Record) -> Session:
    initial = row["initial_until"] is not None
    scope = "" if initial else " ".join(sorted(scopes_of(row["role"])))
    seconds = context.settings.token_seconds
    token = context.issuer.issue(
        subject=str(row["id"]),
        audience=API,
        lifetime=timedelta(seconds=seconds),
        officer_id=str(row["id"]),
        role=row["role"],
        division=row["division"],
        scope=scope,
    )
    return Session(
        access_token=token,
        token_type="Bearer",  # noqa: S106  # a kind of token, no secret
        expires_in=seconds,
        scope=scope,
        officer_id=row["id"],
        password_change_required=initial,
    )
