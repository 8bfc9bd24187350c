"""``jingzhun events tail``: the stream of events in a terminal."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Any

import aiohttp
import typer
from rich.console import Console
from rich.text import Text

from services.commands.messages import Failure
from services.commands.options import Data, Port, settings_from
from services.commands.program import run
from services.wiring.addresses import url_of
from services.wiring.sandbox import officer_token, require_sandbox
from shared.auth.keys import KeyRing
from shared.auth.tokens import GATEWAY
from shared.settings import Settings

app = typer.Typer(help="事件流 · The stream of events", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)
_PAGE = 500
_WAIT_SECONDS = 30
_EVERYWHERE = "500229000000"
_COLOURS = {"households": "cyan", "identification": "green", "notifications": "yellow", "gateway": "magenta"}


@app.callback()
def _group() -> None:
    """事件流 · The stream of events."""


@app.command()
def tail(
    event_type: Annotated[str | None, typer.Option("--type", help="事件类型 · Only this type")] = None,
    subject: Annotated[str | None, typer.Option(help="主体标识 · Only of this case, household or list")] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="持续显示 · Go on with what comes")] = False,
    division: Annotated[str, typer.Option(help="令牌的区划 · The token's area")] = _EVERYWHERE,
    token: Annotated[
        str | None, typer.Option(envvar="TOKEN", help="令牌；沙箱可省 · A token; not in a sandbox")
    ] = None,
    port: Port = None,
    data: Data = None,
) -> None:
    """按存档顺序显示事件 · Show the events in the order of the archive.

    例 · Example:  jingzhun events tail --type jingzhun.identification.household_identified.v1 --follow
    """
    filters = {name: value for name, value in {"type": event_type, "subject": subject}.items() if value}
    try:
        run(_tail(port, data, token, division, filters, follow))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


async def _tail(
    port: int | None, data: Any, token: str | None, division: str, filters: dict[str, str], follow: bool
) -> None:
    settings = settings_from(port=port, data=data)
    bearer = token or _auditor(settings, division)
    headers = {"Authorization": f"Bearer {bearer}", "Accept-Language": "zh"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async for event in _events(session, f"{url_of(GATEWAY, settings)}/v1/events", filters, follow):
            console.print(_line(event))


def _auditor(settings: Settings, division: str) -> str:
    require_sandbox(settings.data)
    lifetime = timedelta(seconds=settings.token_seconds)
    return officer_token(KeyRing(settings.keys), "auditor", division, 1, lifetime)


async def _events(
    session: aiohttp.ClientSession, url: str, filters: dict[str, str], follow: bool
) -> AsyncIterator[dict[str, Any]]:
    after: str | None = None
    while True:
        asked = filters | {"limit": str(_PAGE)} | ({"after": after} if after else {})
        if follow:
            asked["wait"] = str(_WAIT_SECONDS)
        try:
            async with session.get(url, params=asked) as answer:
                page = await answer.json(content_type=None)
        except aiohttp.ClientConnectionError:
            raise Failure(f"{url} 没有应答。", f"{url} does not answer.") from None
        if answer.status != 200:
            raise Failure(f"{answer.status}：{page.get('title')}", f"{answer.status}: {page.get('code')}")
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
