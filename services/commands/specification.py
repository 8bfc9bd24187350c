"""``jingzhun spec``: the documents that are made out of the services, as they are committed."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from services.gateway.documents import SPECIFICATION
from services.wiring.contract.errors_page import PAGE, errors_page
from services.wiring.migration import ROOT
from services.wiring.specification import specification


def rendered() -> bytes:
    return orjson.dumps(specification(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def documents() -> dict[Path, bytes]:
    """What is generated, by its place in the project."""
    return {SPECIFICATION: rendered(), PAGE: errors_page().encode()}


def spec(
    folder: Annotated[Path, typer.Option(help="项目目录 · The project's folder")] = ROOT,
    check: Annotated[bool, typer.Option("--check", help="只检查是否一致 · Only check that it is up to date")] = False,
) -> None:
    """由各服务生成 OpenAPI 文档与错误目录 · Make the OpenAPI document and the error catalogue out of the services."""
    for place, made in documents().items():
        output = folder / place
        if not check:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(made)
        elif not output.exists() or output.read_bytes() != made:
            typer.echo(f"{place} 与代码不一致，请运行 jingzhun spec · is out of date: run jingzhun spec", err=True)
            raise typer.Exit(1)
