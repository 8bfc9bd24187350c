"""``jingzhun spec``: the documents that are made out of the services, as they are committed."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from services.gateway.documents import EVENTS, SPECIFICATION
from services.wiring.migration import ROOT


def rendered() -> bytes:
    from services.wiring.specification import specification

    return _written(specification())


def _written(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def documents() -> dict[Path, bytes]:
    """What is generated, by its place in the project. Only who makes them reads in all the services for it."""
    from services.wiring.contract import events_page, glossary
    from services.wiring.contract.asyncapi import asyncapi
    from services.wiring.contract.errors_page import PAGE, errors_page

    events = asyncapi()
    return {
        SPECIFICATION: rendered(),
        EVENTS: _written(events),
        PAGE: errors_page().encode(),
        glossary.PAGE: glossary.glossary_page().encode(),
        events_page.PAGE: events_page.events_page(events).encode(),
    }


def spec(
    folder: Annotated[Path, typer.Option(help="项目目录 · The project's folder")] = ROOT,
    check: Annotated[bool, typer.Option("--check", help="只检查是否一致 · Only check that it is up to date")] = False,
) -> None:
    """由各服务生成接口与事件文档及目录 · Make the OpenAPI and AsyncAPI documents and the catalogues."""
    for place, made in documents().items():
        output = folder / place
        if not check:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(made)
        elif not output.exists() or output.read_bytes() != made:
            typer.echo(f"{place} 与代码不一致，请运行 jingzhun spec · is out of date: run jingzhun spec", err=True)
            raise typer.Exit(1)
