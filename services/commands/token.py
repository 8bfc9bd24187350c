"""``jingzhun token`` and ``jingzhun client``."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

import typer

from services.commands.messages import Failure, explained
from services.commands.options import Data, Port, settings_from
from services.commands.program import run, told
from services.gateway.api_clients.schemas import CLIENT_ID
from services.gateway.api_clients.store import Secret, register
from services.wiring.at_the_machine import gateway_transaction
from services.wiring.sandbox import full_code, officer_of, officer_token, require_sandbox
from shared.auth.keys import KeyRing
from shared.auth.roles import DELEGABLE, ROLES
from shared.problems import Problem
from shared.settings import Settings

Role = Annotated[str, typer.Argument(help="角色 · One of: " + ", ".join(ROLES))]
Division = Annotated[str, typer.Option(help="行政区划代码 · Division code of 12 or 15 digits (or 2, 4, 6, 9)")]
Officer = Annotated[int, typer.Option(min=1, help="第几名工作人员 · Which officer of that role and place")]


def token(role: Role, division: Division, officer: Officer = 1, port: Port = None, data: Data = None) -> None:
    """签发沙箱工作人员的访问令牌，只输出令牌 · Print an access token of a sandbox's officer, and nothing else.

    例 · Example:  curl -H "Authorization: Bearer $(jingzhun token county_officer --division 500229)" …/v1/me
    """
    try:
        with explained():
            settings = settings_from(port=port, data=data)
            place = checked_place(role, division)
            require_sandbox(settings.data)
            lifetime = timedelta(seconds=settings.token_seconds)
            typer.echo(officer_token(KeyRing(settings.keys), role, place, officer, lifetime))
    except Failure as failure:
        raise told(failure) from None


def client(
    name: Annotated[str, typer.Argument(help="客户端标识：小写字母、数字、连字符 · The client's id: a-z, 0-9, -")],
    role: Annotated[str, typer.Option(help="角色 · One of: " + ", ".join(ROLES))],
    division: Division,
    scope: Annotated[list[str] | None, typer.Option(help="仅限这些权限 · Only these scopes of the role's")] = None,
    delegated: Annotated[
        list[str] | None,
        typer.Option(help="凭工作人员令牌可代行的权限 · What it may do for officers, by token exchange"),
    ] = None,
    officer: Annotated[int | None, typer.Option(min=1, help="代表的工作人员（沙箱） · Acts for this officer")] = None,
    data: Data = None,
) -> None:
    """登记一个系统客户端，输出其密钥（仅此一次） · Register a system that may ask for tokens; its secret is shown once.

    例 · Example:  jingzhun client civil-affairs --role auditor --division 500229
    """
    try:
        with explained():
            settings = settings_from(data=data)
            place = checked_place(role, division)
            if re.fullmatch(CLIENT_ID, name) is None:
                raise Failure(f"标识须符合 {CLIENT_ID}。", f"The id must fit {CLIENT_ID}.")
            if officer is not None:
                require_sandbox(settings.data)
            scopes = _scopes(scope or sorted(ROLES[role]), ROLES[role])
            for_officers = _scopes(delegated or [], DELEGABLE)
    except Failure as failure:
        raise told(failure) from None
    officer_id = officer_of(role, place, officer) if officer is not None else None
    given = {"role": role, "division": place, "scopes": scopes, "delegated_scopes": for_officers}
    typer.echo(run(_register(settings, name, officer_id=officer_id, **given)))


def _scopes(asked: Sequence[str], allowed: frozenset[str]) -> frozenset[str]:
    if not allowed.issuperset(asked):
        listed = ", ".join(sorted(allowed))
        raise Failure(f"可用的权限只有：{listed}。", f"The scopes to be had are: {listed}.")
    return frozenset(asked)


async def _register(settings: Settings, name: str, **given: Any) -> str:
    secret = await Secret.new()
    try:
        async with gateway_transaction(settings) as transaction:
            await register(transaction, name, secret, name=name, **given)
    except Problem:
        raise Failure(f"客户端 {name} 已登记。", f"The client {name} is registered already.") from None
    return secret.text


def checked_place(role: str, division: str) -> str:
    """The division's full code. Raises ``Failure``."""
    if role not in ROLES:
        roles = ", ".join(ROLES)
        raise Failure(f"没有角色 {role}；有：{roles}。", f"There is no role {role}. The roles are: {roles}.")
    try:
        return full_code(division)
    except ValueError:
        raise Failure(
            f"{division} 不是行政区划代码：应为 12 位（小组 15 位），或 2、4、6、9 位的简写。",
            f"{division} is no division code: 12 digits (15 for a group), or 2, 4, 6 or 9 of them.",
        ) from None
