"""``jingzhun appoint``: the first officers, by whoever runs the machine; they appoint the others through the API."""

import re
from typing import Annotated

import typer

from services.commands.messages import Failure, explained
from services.commands.options import Data, settings_from
from services.commands.program import run, told
from services.commands.token import Division, Role, checked_place
from services.gateway.officers import store
from services.gateway.officers.schemas import LOGIN_NAME
from services.wiring.at_the_machine import gateway_transaction
from shared.problems import Problem
from shared.settings import Settings

Login = Annotated[str, typer.Option(help="登录名 · The name to log in by")]
Name = Annotated[str, typer.Option(help="姓名，只存于网关 · The person's name, kept in the gateway alone")]


def appoint(role: Role, division: Division, login: Login, name: Name, data: Data = None) -> None:
    """任命首批工作人员，输出初始口令（仅此一次） · Appoint an officer; prints the initial password, this once.

    初始口令七天内有效，首次登录后须更改。 It lasts seven days and must be changed at the first login.

    例 · Example:  jingzhun appoint county_officer --division 500229 --login wangxm --name 王小明
    """
    try:
        with explained():
            settings = settings_from(data=data)
            place = checked_place(role, division)
            if re.fullmatch(LOGIN_NAME, login) is None or not 0 < len(name.strip()) <= store.LONGEST_NAME:
                raise Failure(f"登录名须符合 {LOGIN_NAME}。", f"The login name must fit {LOGIN_NAME}.")
    except Failure as failure:
        raise told(failure) from None
    typer.echo(run(_appoint(settings, role, place, login, name.strip())))


async def _appoint(settings: Settings, role: str, division: str, login: str, name: str) -> str:
    initial = await store.InitialPassword.new()
    try:
        async with gateway_transaction(settings) as transaction:
            await store.appoint(
                transaction,
                display_name=name,
                login_name=login,
                role=role,
                division=division,
                initial=initial,
                by=None,
            )
    except Problem as problem:
        raise Failure(f"{problem.type.zh}。", f"{problem.type.en}.") from None
    return initial.password
