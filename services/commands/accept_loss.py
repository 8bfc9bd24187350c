"""``jingzhun accept-loss``: an operator lets a service go on after events that are gone."""

from typing import Annotated

import typer
from rich.console import Console

from services.commands.messages import Failure
from services.commands.options import Data, settings_from
from services.commands.program import run, told
from services.topology import BY_NAME
from services.wiring.buses import bus_of
from services.wiring.servers import existing_server
from services.wiring.system import databases_of
from shared.observability import configure_logging
from shared.settings import Settings

console = Console(highlight=False, markup=False, soft_wrap=True)
CONSUMERS = [service.name for service in BY_NAME.values() if service.consumes]


def accept_loss(
    service: Annotated[str, typer.Argument(help="服务 · One of: " + ", ".join(CONSUMERS))], data: Data = None
) -> None:
    """接受事件缺失，让停下的服务继续 · Accept that events are gone, and let a halted service go on.

    服务离线超过总线保留期时会停下并报警，绝不悄悄跳过。先从存档核对缺失的事件，再运行本命令；
    服务随后从保留的最早事件继续，无需重启。
    A service that was away for longer than the bus keeps events halts and says so; it never skips in silence. First
    see from the archive what is missing, then run this: the service goes on with the oldest event kept, by itself.

    例 · Example:  jingzhun accept-loss notifications
    """
    try:
        settings = settings_from(data=data)
        topics = _topics_of(service)
    except Failure as failure:
        raise told(failure) from None
    configure_logging(settings.log_level)
    moved = run(_accept(settings, service, topics))
    if moved:
        console.print(f"{service}：{moved} 个分片从保留的最早事件继续。")
        console.print(f"{service}: {moved} shards go on with the oldest event kept.")
    else:
        console.print(f"{service}：没有缺失，什么也没有改变。")
        console.print(f"{service}: nothing is missing, nothing was changed.")


def _topics_of(service: str) -> list[str]:
    """Raises ``Failure`` where no such service receives events."""
    if service not in CONSUMERS:
        raise Failure(
            f"没有接收事件的服务 {service}；有：{', '.join(CONSUMERS)}。",
            f"No service {service} receives events. There are: {', '.join(CONSUMERS)}.",
        )
    return [BY_NAME[producer].topic for producer in BY_NAME[service].consumes]


async def _accept(settings: Settings, service: str, topics: list[str]) -> int:
    bus = bus_of(settings, databases_of(settings, existing_server(settings)))
    try:
        return await bus.accept_loss(service, topics)
    finally:
        await bus.close()
