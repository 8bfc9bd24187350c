"""``jingzhun spec``: the one OpenAPI document, as it is committed."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from services.gateway.documents import SPECIFICATION
from services.wiring.migration import ROOT
from services.wiring.specification import specification


def rendered() -> bytes:
    return orjson.dumps(specification(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def spec(
    output: Annotated[Path, typer.Option(help="写到 · Where to write it")] = ROOT / SPECIFICATION,
    check: Annotated[bool, typer.Option("--check", help="只检查是否一致 · Only check that it is up to date")] = False,
) -> None:
    """由各服务生成合并的 OpenAPI 文档 · Make the one OpenAPI document out of what the services say of themselves."""
    made = rendered()
    if not check:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(made)
    elif not output.exists() or output.read_bytes() != made:
        typer.echo(f"{output} 与代码不一致，请运行 jingzhun spec · is out of date: run jingzhun spec", err=True)
        raise typer.Exit(1)
