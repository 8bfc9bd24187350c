"""``jingzhun secrets``: what the services of a deployment in separate places need to begin."""

from pathlib import Path
from typing import Annotated

import typer

from services.commands.messages import Failure, explained
from services.commands.options import settings_from
from services.commands.program import told
from services.wiring.buses import databases_beside
from services.wiring.handout import hand_out


def secrets(
    folder: Annotated[Path, typer.Argument(help="写到 · Where to write them")],
    administrator: Annotated[str, typer.Option(help="数据库管理员 · The database's administrator")] = "postgres",
) -> None:
    """为分开部署的各服务生成口令和密钥 · Make passwords and keys for services that are deployed in separate places.

    每个服务一个目录，只含它自己的；migrate 的目录含全部口令。已有的不变，可重复执行。
    A folder for each service with its own and no other's; that of migrate has every password. What is there stays.

    例 · Example:  jingzhun secrets deploy/kubernetes/secrets
    """
    try:
        with explained():
            hand_out(folder, databases_beside(settings_from(port=None, data=None, host=None)), administrator)
    except Failure as failure:
        raise told(failure) from None
