"""``jingzhun events tail``: the stream of events in a terminal."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from services.commands.calling import EVERYWHERE, Api, Area, Caller, Token, calling
from services.commands.options import Data, Port
from services.commands.program import run

app = typer.Typer(help="事件流 · The stream of events", no_args_is_help=True, add_completion=False)
console = Console(highlight=False, soft_wrap=True)
_PAGE = 500
_WAIT_SECONDS = 30
_COLOURS = {"households": "cyan", "identification": "green", "notifications": "yellow", "gateway": "magenta"}


@app.callback()
def _group() -> None:
    """事件流 · The stream of events."""


@app.command()
def tail(
    event_type: Annotated[str | None, typer.Option("--type", help="事件类型 · Only this type")] = None,
    subject: Annotated[str | None, typer.Option(help="主体标识 · Only of this case, household or list")] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="持续显示 · Go on with what comes")] = False,
    division: Area = EVERYWHERE,
    token: Token = None,
    port: Port = None,
    data: Data = None,
) -> None:
    """按存档顺序显示事件 · Show the events in the order of the archive.

    例 · Example:  jingzhun events tail --type jingzhun.identification.household_identified.v1 --follow
    """
    filters = {name: value for name, value in {"type": event_type, "subject": subject}.items() if value}
    try:
        run(_tail(Caller("auditor", division, token, port, data), filters, follow))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


async def _tail(caller: Caller, filters: dict[str, str], follow: bool) -> None:
    async with calling(caller) as api:
        async for event in _events(api, filters, follow):
            console.print(_line(event))


async def _events(api: Api, filters: dict[str, str], follow: bool) -> AsyncIterator[dict[str, Any]]:
    after: str | None = None
    while True:
        asked = filters | {"limit": str(_PAGE)} | ({"after": after} if after else {})
        if follow:
            asked["wait"] = str(_WAIT_SECONDS)
        page = await api.get("/events", **asked)
        for event in page["items"]:
            yield event
        after = page["next"] or after
        if not page["items"] and not follow:
            return


def _line(event: dict[str, Any]) -> Text:
    """A stranger's message is archived with what could be read of it: anything may be missing."""
    parts = str(event.get("type")).split(".")
    service, name = (parts[1], parts[2]) if len(parts) == 4 else ("", parts[0])
    return Text.assemble(
        (str(event.get("time") or "")[:19].replace("T", " "), "dim"),
        " ",
        (f"{name:<34}", _COLOURS.get(service, "white")),
        (f"{event.get('division') or '':<16}", "dim"),
        str(event.get("subject") or ""),
        (f" #{event.get('sequence')}", "dim"),
    )
