"""``jingzhun event-flow``: producers, topics and consumers as tables."""

from typing import Any

from rich.console import Console
from rich.table import Table

from services.commands.calling import EVERYWHERE, Area, Caller, Token, calling
from services.commands.options import Data, Port
from services.commands.program import run

console = Console(highlight=False, soft_wrap=True)


def event_flow(division: Area = EVERYWHERE, token: Token = None, port: Port = None, data: Data = None) -> None:
    """事件流转：积压、滞后与死信 · How events flow: what waits, who lags, what was given up.

    例 · Example:  jingzhun event-flow
    """
    run(_show(Caller("operator", division, token, port, data)))


async def _show(caller: Caller) -> None:
    async with calling(caller) as api:
        flow = await api.get("/event-flow")
    console.print(_producers(flow))
    console.print(_topics(flow))
    console.print(_consumers(flow))
    if flow["unanswered"]:
        console.print(f"没有应答 · No answer: {', '.join(flow['unanswered'])}", style="red")


def _producers(flow: dict[str, Any]) -> Table:
    table = _table("生产者 · Producers", "服务 Service", "待发 Outbox", "最久 Oldest s", "每秒 Rate")
    for each in flow["producers"]:
        table.add_row(each["service"], str(each["outbox"]), f"{each['oldest_seconds']:.1f}", _rate(each["rate"]))
    return table


def _topics(flow: dict[str, Any]) -> Table:
    table = _table("主题 · Topics", "主题 Topic", "分区 Partitions", "末端 Heads", "每秒 Rate")
    for each in flow["topics"]:
        table.add_row(each["topic"], str(each["partitions"]), " ".join(map(str, each["heads"])), _rate(each["rate"]))
    return table


def _consumers(flow: dict[str, Any]) -> Table:
    heads = ("消费者 Consumer", "成员 Members", "滞后 Lag", "每秒 Rate", "停放 Parked", "死信 Dead", "各主题 By topic")
    table = _table("消费者 · Consumers", *heads)
    for each in flow["consumers"]:
        behind = " ".join(f"{one['topic'].split('.')[1]} {one['lag']}" for one in each["topics"] if one["lag"])
        counts = (_known(each["members"]), _known(each["lag"]), _rate(each["rate"]))
        dead = str(each["dead_letters"])
        table.add_row(each["consumer"], *counts, str(each["parked_keys"]), dead, behind)
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def _known(value: Any) -> str:
    return "?" if value is None else str(value)


def _rate(value: float | None) -> str:
    return "?" if value is None else f"{value:.1f}"
