"""``make bench``: every row, or those named, on a server and a broker of the benchmark's own."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from shared.observability import configure_logging
from shared.runtime.collector import spare_what_stays
from tests.bench import machine, report
from tests.bench.place import Place, opened
from tests.bench.row import Row
from tests.bench.rows import NAMES, measurement

console = Console()

Out = Annotated[Path | None, typer.Option(envvar="OUT", help="JSON file for the figures")]
Document = Annotated[Path | None, typer.Option(envvar="DOC", help="Document whose table is renewed")]
Rows = Annotated[str, typer.Option(envvar="ROWS", help=f"Names with commas between them, of: {', '.join(NAMES)}")]
Scale = Annotated[float, typer.Option(envvar="SCALE", min=0.001, max=1, help="Less than 1: a try, no figures")]


def bench(out: Out = None, doc: Document = None, rows: Rows = "", scale: Scale = 1.0) -> None:
    """Each of ours beside the bare limit, in the same run."""
    names = tuple(name for name in rows.split(",") if name) or NAMES
    if unknown := sorted(set(names) - set(NAMES)):
        raise typer.BadParameter(f"no such rows: {', '.join(unknown)}")
    configure_logging("error")
    console.print(f"{machine.description()}; load {machine.load():.1f}")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        measured = runner.run(_measure(names, scale))
    console.print(report.table(measured))
    if out is not None:
        report.write_json(measured, out)
    if doc is not None:
        report.renew(doc, measured)


async def _measure(names: Sequence[str], scale: float) -> list[Row]:
    measured: list[Row] = []
    measurements = {name: measurement(name) for name in names}
    spare_what_stays()
    async with _place(scale) as place:
        for name, measure in measurements.items():
            began = perf_counter()
            measured += await measure(place)
            console.print(f"{name}: {perf_counter() - began:.0f} s", style="dim")
    return measured


@asynccontextmanager
async def _place(scale: float) -> AsyncIterator[Place]:
    with tempfile.TemporaryDirectory(prefix="jingzhun-bench-") as folder:
        async with opened(Path(folder), scale, kafka=None) as place:
            yield place


if __name__ == "__main__":
    sys.exit(typer.run(bench))
