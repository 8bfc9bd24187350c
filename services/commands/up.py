"""``jingzhun up``, ``serve`` and ``migrate``."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.commands import serving
from services.commands.messages import Failure, explained
from services.commands.options import Data, Host, Port, Sandbox, settings_from
from services.commands.processes import up as supervised
from services.commands.processes.fleet import counted
from services.commands.program import run, told
from services.commands.season_beside import SeasonBeside
from services.topology import BY_NAME
from services.wiring.addresses import addresses_of, url_of
from services.wiring.migration import migrate_all
from services.wiring.sandbox import officer_token, settle_kind
from services.wiring.system import databases_of
from shared.auth.keys import KeyRing
from shared.observability import configure_logging
from shared.settings import Settings

_EXAMPLE = "500229000000"
console = Console(highlight=False, markup=False, soft_wrap=True)


def _prepared(settings: Settings, *, sandbox: bool) -> Settings:
    """The settings, found to fit the topology, with what the data folder decides: whether it is a sandbox."""
    configure_logging(settings.log_level)
    try:
        with explained():
            addresses_of(settings)
            is_sandbox = settle_kind(settings.data, sandbox=sandbox or settings.sandbox)
    except Failure as failure:
        raise told(failure) from None
    return settings.model_copy(update={"sandbox": is_sandbox})


def up(
    port: Port = None,
    data: Data = None,
    host: Host = None,
    sandbox: Sandbox = False,
    processes: Annotated[
        bool, typer.Option("--processes", envvar="PROCESSES", help="每个服务一个进程 · A process for each service")
    ] = False,
    replicas: Annotated[
        list[str] | None,
        typer.Option(envvar="REPLICAS", help="某服务的进程数 · Processes of one service, as in identification=3"),
    ] = None,
    season: Annotated[
        bool,
        typer.Option(
            envvar="SEASON", help="启动后走完一个识别季（仅沙箱） · Play a season once it serves (sandbox only)"
        ),
    ] = False,
) -> None:
    """启动整个系统 · Start the whole system: five services in one process, with a database of its own.

    首次启动建库、迁移，之后沿用同一数据目录。停止：Ctrl-C。--processes 时每个服务一个进程，意外退出会自动重启。
    The first start makes the databases; later ones go on with the same folder. Stop it with Ctrl-C; twice: at once.
    With --processes each service has a process of its own, started again should it end.

    例 · Example:  jingzhun up --sandbox --port 8000 --data var
                  jingzhun up --processes --replicas identification=3
    """
    settings = _prepared(_settings(port, data, host), sandbox=sandbox)
    numbers = _replicas(replicas or [])
    with SeasonBeside(settings) as beside:

        def ready() -> None:
            _announce(settings)
            if season and settings.sandbox:
                beside.start()

        if processes or replicas:
            run(supervised.up(settings, numbers, ready))
        else:
            run(serving.up(settings, ready))


def serve(
    service: Annotated[str, typer.Argument(help="服务 · One of: " + ", ".join(BY_NAME))],
    port: Port = None,
    data: Data = None,
    host: Host = None,
    listen: Annotated[int | None, typer.Option(help="本服务的端口 · This service's own port")] = None,
) -> None:
    """只启动一个服务 · Start one service of the system.

    数据库取自 JINGZHUN_DATABASE_SERVER，或同一数据目录上正在运行的内嵌数据库；其他服务的地址取自
    JINGZHUN_SERVICE_URLS，默认为网关端口加各自的偏移。
    The database is JINGZHUN_DATABASE_SERVER, or the embedded one that runs on the same data folder. The other
    services are found by JINGZHUN_SERVICE_URLS, else at the gateway's port plus each one's offset.

    例 · Example:  jingzhun serve households --port 8000 --data var
    """
    if service not in BY_NAME:
        raise told(
            Failure(
                f"没有服务 {service}；有：{', '.join(BY_NAME)}。",
                f"No service {service}. There are: {', '.join(BY_NAME)}.",
            )
        )
    settings = _prepared(_settings(port, data, host), sandbox=False)
    own = listen or settings.port + BY_NAME[service].port_offset
    run(serving.serve(settings, service, own, lambda: console.print(f"ready http://{settings.host}:{own} ({service})")))


def migrate(data: Data = None) -> None:
    """建库并迁移到最新版本 · Create the databases and bring them to the newest version.

    可重复执行；up 会自动执行。 Safe to repeat; `up` does it by itself.

    例 · Example:  JINGZHUN_DATABASE_SERVER=postgresql://admin@host/ jingzhun migrate
    """
    settings = _settings(None, data, None)
    configure_logging(settings.log_level)
    for name, revision in run(_migrate(settings)).items():
        console.print(f"{name} {revision}")


async def _migrate(settings: Settings) -> dict[str, str]:
    async with serving.database_server(settings) as (server, _):
        return await migrate_all(settings, databases_of(settings, server))


def _settings(port: int | None, data: Path | None, host: str | None) -> Settings:
    try:
        return settings_from(port=port, data=data, host=host)
    except Failure as failure:
        raise told(failure) from None


def _replicas(wishes: Sequence[str]) -> dict[str, int]:
    try:
        return counted(wishes)
    except Failure as failure:
        raise told(failure) from None


def _announce(settings: Settings) -> None:
    url = url_of("gateway", settings)
    console.print(f"ready {url}")
    console.print(f"  文档 · documents   {url}/docs  {url}/redoc  {url}/asyncapi")
    console.print(f"  状态 · status      {url}/readyz  {url}/metrics")
    if settings.sandbox:
        lifetime = timedelta(seconds=settings.token_seconds)
        token = officer_token(KeyRing(settings.keys), "county_officer", _EXAMPLE, 1, lifetime)
        console.print(f"  试一试 · try       curl -s '{url}/v1/me' -H 'Authorization: Bearer {token}'")
