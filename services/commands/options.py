"""Options that several commands share, and the settings they make."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from services.commands.messages import Failure
from shared.settings import Settings

Port = Annotated[int | None, typer.Option(envvar="PORT", help="端口 · The gateway's port", show_default="8000")]
Data = Annotated[
    Path | None, typer.Option(envvar="DATA", help="数据目录 · Folder of everything that lasts", show_default="var")
]
Host = Annotated[str | None, typer.Option(help="监听地址 · Address to listen on", show_default="127.0.0.1")]
Sandbox = Annotated[
    bool, typer.Option("--sandbox", help="沙箱：可拨动时钟、可签发测试令牌 · A clock that moves, officers made up")
]


def settings_from(*, port: int | None = None, data: Path | None = None, host: str | None = None) -> Settings:
    """The environment's settings (``JINGZHUN_…``) with the command's options before them. Raises ``Failure``."""
    given = {name: value for name, value in {"port": port, "data": data, "host": host}.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise Failure(*_explained(error)) from None
    except SettingsError:
        raise Failure(
            'JINGZHUN_SERVICE_URLS 和 JINGZHUN_OIDC_ROLES 应为 JSON，例如 {"audit": "http://127.0.0.1:8004"}。',
            'JINGZHUN_SERVICE_URLS and JINGZHUN_OIDC_ROLES must be JSON, as in {"audit": "http://127.0.0.1:8004"}.',
        ) from None


def _explained(error: ValidationError) -> tuple[str, str]:
    """Which settings are wrong and what is allowed; values are not repeated, one may be a password."""
    lines = []
    for each in error.errors(include_input=False, include_url=False):
        if not each["loc"]:
            lines.append(f"  {each['msg'].removeprefix('Value error, ')}")
            continue
        name = str(each["loc"][0])
        field = Settings.model_fields.get(name)
        allowed = f" — {field.description}" if field is not None and field.description else ""
        lines.append(f"  JINGZHUN_{name.upper()} / --{name.replace('_', '-')}: {each['msg']}{allowed}")
    told = "\n".join(lines)
    return (
        f"设置有误（各项及其允许的取值）：\n{told}",
        f"These settings are wrong (what is allowed beside each):\n{told}",
    )
