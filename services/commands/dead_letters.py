"""``jingzhun dead-letters``: what the services gave up, for the operator who decides."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any
from uuid import UUID, uuid5

import typer
from rich.console import Console
from rich.text import Text

from services.commands.calling import EVERYWHERE, Api, Area, Caller, Token, calling
from services.commands.options import Data, Port
from services.commands.program import run

app = typer.Typer(help="死信 · Dead letters", no_args_is_help=True, add_completion=False)
console = Console(highlight=False, soft_wrap=True)
Letter = Annotated[UUID, typer.Argument(help="死信标识 · The letter's id")]
Reason = Annotated[str, typer.Option(help="理由，记入审计 · The reason; audit keeps it")]
_PAGE = 500
_COLOURS = {"dead": "red", "replay_requested": "yellow", "skip_requested": "yellow", "replayed": "yellow"}
_NAMES = {
    "id": "死信 · Letter",
    "state": "状态 · State",
    "consumer": "消费者 · Consumer",
    "topic": "主题 · Topic",
    "event_id": "事件 · Event",
    "type": "类型 · Type",
    "subject": "主体 · Subject",
    "division": "区划 · Division",
    "cause": "原因 · Cause",
    "attempts": "尝试次数 · Attempts",
    "behind": "其后等待 · Waiting behind",
    "first_failed_at": "首次失败 · First failed",
    "died_at": "成为死信 · Died",
    "predecessor": "前一封 · Predecessor",
    "successor": "后一封 · Successor",
}
_DECIDED = {
    "action": "决定 · Decision",
    "reason": "理由 · Reason",
    "decided_by": "决定人 · Decided by",
    "decided_at": "决定时间 · Decided",
}


@app.callback()
def _group() -> None:
    """死信 · Dead letters."""


@app.command("list")
def list_letters(
    consumer: Annotated[str | None, typer.Option(help="消费服务 · Only of this service")] = None,
    state: Annotated[str | None, typer.Option(help="状态，如 dead · Only in this state, such as dead")] = None,
    topic: Annotated[str | None, typer.Option(help="主题 · Only of this topic")] = None,
    event_type: Annotated[str | None, typer.Option("--type", help="事件类型 · Only of this type")] = None,
    division: Area = EVERYWHERE,
    token: Token = None,
    port: Port = None,
    data: Data = None,
) -> None:
    """列出死信，先死的在前 · List the dead letters, oldest first.

    例 · Example:  jingzhun dead-letters list --state dead
    """
    given = {"consumer": consumer, "state": state, "topic": topic, "type": event_type}
    filters = {name: value for name, value in given.items() if value}
    run(_list(Caller("operator", division, token, port, data), filters))


@app.command()
def show(
    letter: Letter, division: Area = EVERYWHERE, token: Token = None, port: Port = None, data: Data = None
) -> None:
    """查看一封死信 · Show one dead letter."""
    run(_show(Caller("operator", division, token, port, data), letter))


@app.command()
def replay(
    letter: Letter,
    reason: Reason,
    division: Area = EVERYWHERE,
    token: Token = None,
    port: Port = None,
    data: Data = None,
) -> None:
    """重试：再次处理该事件 · Have the event tried again.

    例 · Example:  jingzhun dead-letters replay 0198… --reason "程序已修复 mended"
    """
    run(_decide(Caller("operator", division, token, port, data), letter, "replay", reason))


@app.command()
def skip(
    letter: Letter,
    reason: Reason,
    division: Area = EVERYWHERE,
    token: Token = None,
    port: Port = None,
    data: Data = None,
) -> None:
    """跳过：该服务不再处理该事件 · Let the service go on without the event.

    例 · Example:  jingzhun dead-letters skip 0198… --reason "误发 sent by mistake"
    """
    run(_decide(Caller("operator", division, token, port, data), letter, "skip", reason))


async def _list(caller: Caller, filters: dict[str, str]) -> None:
    async with calling(caller) as api:
        async for letter in _letters(api, filters):
            console.print(_line(letter))


async def _letters(api: Api, filters: dict[str, str]) -> AsyncIterator[dict[str, Any]]:
    page = await api.get("/dead-letters", **filters, limit=_PAGE)
    while True:
        for letter in page["items"]:
            yield letter
        if page["next"] is None:
            return
        page = await api.get("/dead-letters", **filters, limit=_PAGE, cursor=page["next"])


async def _show(caller: Caller, letter: UUID) -> None:
    async with calling(caller) as api:
        for line in _lines(await api.get(f"/dead-letters/{letter}")):
            console.print(line)


async def _decide(caller: Caller, letter: UUID, action: str, reason: str) -> None:
    """The key is made of the decision: the same command again gets the same answer."""
    async with calling(caller) as api:
        key = uuid5(letter, f"{action} {reason}")
        decided = await api.post(f"/dead-letters/{letter}/{action}", {"reason": reason}, key)
        console.print(_line(decided))


def _line(letter: dict[str, Any]) -> Text:
    event = str(letter["type"] or letter["topic"])
    return Text.assemble(
        (letter["died_at"][:19].replace("T", " "), "dim"),
        f" {letter['id']} ",
        (f"{letter['state']:<17}", _COLOURS.get(letter["state"], "green")),
        f"{letter['consumer']:<15}",
        f"{event} ",
        (f"{letter['cause']} ×{letter['attempts']} +{letter['behind']}", "dim"),
    )


def _lines(letter: dict[str, Any]) -> Iterator[Text]:
    told = {text: letter[name] for name, text in _NAMES.items()}
    told |= {text: (letter["decision"] or {}).get(name) for name, text in _DECIDED.items()}
    for text, value in told.items():
        if value is not None:
            yield Text.assemble((f"{text}: ", "dim"), str(value))
