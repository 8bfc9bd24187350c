"""``jingzhun keys``: new signing keys, noticed by every running service."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.commands.messages import Failure, explained
from services.commands.options import Data, settings_from
from services.commands.program import told
from services.topology import BY_NAME
from services.wiring.handout import publish_everywhere
from shared.auth.keyfiles import PRIVATE, KeyName
from shared.auth.keys import NOTICE
from shared.auth.rotation import newest_since, replace_at_once, rotate
from shared.clock import system_now

app = typer.Typer(help="签名密钥 · Signing keys", no_args_is_help=True, add_completion=False)
console = Console(highlight=False, markup=False, soft_wrap=True)
_NOTICE_MINUTES = int(NOTICE.total_seconds() // 60)


@app.callback()
def keys() -> None:
    """签名密钥 · Signing keys."""


@app.command("rotate")
def rotate_keys(
    services: Annotated[list[str] | None, typer.Argument(help="服务，默认全部 · Services; all by default")] = None,
    minutes: Annotated[
        int, typer.Option(min=0, help="先公布这么久再启用 · Published so long before it signs")
    ] = _NOTICE_MINUTES,
    older_than: Annotated[
        int, typer.Option(min=0, help="只更换早于这么多天的 · Only keys older than so many days")
    ] = 0,
    compromised: Annotated[
        bool, typer.Option(help="密钥已泄露：立即更换，旧令牌全部失效 · At once; every token of before ends")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option(help="jingzhun secrets 写出的目录 · Where `jingzhun secrets` has written them")
    ] = None,
    data: Data = None,
) -> None:
    """更换签名密钥，无须重启 · Give services new signing keys, without a restart.

    新密钥先公布后启用；旧密钥在其最后一个令牌到期前仍可验证。可由定时任务重复执行。
    A new key is published before it signs; the old one verifies until its last token has ended. Safe to repeat.

    例 · Example:  jingzhun keys rotate --older-than 90
                  jingzhun keys rotate gateway --compromised
    """
    try:
        with explained():
            settings = settings_from(data=data)
            for name in services or BY_NAME:
                place = settings.keys if folder is None else folder / name / "keys"
                _rotate(place, name, timedelta(minutes=minutes), timedelta(days=older_than), compromised)
            if folder is not None:
                publish_everywhere(folder)
    except Failure as failure:
        raise told(failure) from None


def _rotate(place: Path, name: str, notice: timedelta, oldest: timedelta, compromised: bool) -> None:
    try:
        if system_now() - newest_since(place, name) < oldest and not compromised:
            console.print(f"{name}: 未到期 · not due")
            return
        made: KeyName = replace_at_once(place, name) if compromised else rotate(place, name, notice=notice)
    except FileNotFoundError:
        raise Failure(f"{place} 中没有 {name} 的密钥。", f"{place} holds no key of {name}.") from None
    console.print(f"{made.path(place, PRIVATE).name}: {made.signs_from.isoformat()} 起签名 · signs from then on")
