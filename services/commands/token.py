"""``jingzhun token`` and ``jingzhun client``."""

from datetime import timedelta
from typing import Annotated

import asyncpg
import typer

from services.commands.messages import Failure, explained
from services.commands.options import Data, Port, settings_from
from services.commands.program import run, told
from services.gateway.clients import register
from services.wiring.sandbox import full_code, officer_of, officer_token, require_sandbox
from services.wiring.servers import existing_server
from services.wiring.system import databases_of
from shared.auth.keys import KeyRing
from shared.auth.roles import ROLES
from shared.auth.tokens import GATEWAY
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
            place = _checked(role, division)
            require_sandbox(settings.data)
            lifetime = timedelta(seconds=settings.token_seconds)
            typer.echo(officer_token(KeyRing(settings.keys), role, place, officer, lifetime))
    except Failure as failure:
        raise told(failure) from None


def client(
    name: Annotated[str, typer.Argument(help="客户端标识 · The client's id")],
    role: Annotated[str, typer.Option(help="角色 · One of: " + ", ".join(ROLES))],
    division: Division,
    scope: Annotated[list[str] | None, typer.Option(help="仅限这些权限 · Only these scopes of the role's")] = None,
    officer: Annotated[int | None, typer.Option(min=1, help="代表的工作人员（沙箱） · Acts for this officer")] = None,
    data: Data = None,
) -> None:
    """登记一个系统客户端，输出其密钥（仅此一次） · Register a system that may ask for tokens; its secret is shown once.

    例 · Example:  jingzhun client civil-affairs --role auditor --division 500229
    """
    try:
        with explained():
            settings = settings_from(data=data)
            place, scopes = _checked(role, division), frozenset(scope or ROLES[role])
            if not scopes <= ROLES[role]:
                allowed = ", ".join(sorted(ROLES[role]))
                raise Failure(f"该角色的权限只有：{allowed}。", f"The role's scopes are: {allowed}.")
            if officer is not None:
                require_sandbox(settings.data)
    except Failure as failure:
        raise told(failure) from None
    typer.echo(run(_register(settings, name, role, place, scopes, officer)))


async def _register(
    settings: Settings, name: str, role: str, division: str, scopes: frozenset[str], officer: int | None
) -> str:
    connection = await asyncpg.connect(databases_of(settings, existing_server(settings)).dsn(GATEWAY))
    try:
        officer_id = officer_of(role, division, officer) if officer is not None else None
        return await register(connection, name, role=role, division=division, scopes=scopes, officer_id=officer_id)
    except asyncpg.UniqueViolationError:
        raise Failure(f"客户端 {name} 已登记。", f"The client {name} is registered already.") from None
    finally:
        await connection.close()


def _checked(role: str, division: str) -> str:
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
