"""``jingzhun season``: one season of identification, driven through the public API."""

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import typer

from services.commands.messages import Failure, explained
from services.commands.options import Data, Port, settings_from
from services.commands.program import run, told
from services.wiring.addresses import url_of
from services.wiring.sandbox import full_code, officer_token, require_sandbox
from shared.auth.keys import KeyRing
from shared.auth.tokens import GATEWAY

_DRIVER = "services.season.driver"


def season(
    port: Port = None,
    data: Data = None,
    households: Annotated[int, typer.Option(min=50, help="户数 · Households of the county")] = 2_000,
    seed: Annotated[int, typer.Option(help="随机种子 · Makes the county; the same seed, the same county")] = 20260101,
) -> None:
    """在沙箱中走完一个识别季 · Drive a season of identification in a sandbox, from application to announcement.

    系统须已由 jingzhun up --sandbox 启动；同一数据目录上可继续，不会重复。
    The system must run (jingzhun up --sandbox); on the same data it continues and doubles nothing.
    """
    try:
        with explained():
            settings = settings_from(port=port, data=data)
            require_sandbox(settings.data)
            if find_spec("services.season") is None or find_spec(_DRIVER) is None:
                raise Failure(f"缺少 {_DRIVER}。", f"{_DRIVER} is missing.")
    except Failure as failure:
        raise told(failure) from None
    keys, lifetime = KeyRing(settings.keys), timedelta(seconds=settings.token_seconds)

    def token_for(role: str, division: str, officer: int = 1) -> str:
        return officer_token(keys, role, full_code(division), officer, lifetime)

    driver = import_module(_DRIVER)
    run(driver.run(url_of(GATEWAY, settings), token_for, households=households, seed=seed))
