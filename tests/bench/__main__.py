"""``make bench``: every row, or those named, on a server and a broker of the benchmark's own."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from shared.observability import configure_logging
from shared.runtime.collector import sparing_what_stays
from tests.bench import machine, report
from tests.bench.place import Place, opened
from tests.bench.row import Row
from tests.bench.rows import NAMES, measurement
from tests.fixtures.kafka import own_broker

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
    async with _place(scale) as place:
        for name, measure in measurements.items():
            began = perf_counter()
            with sparing_what_stays():
                measured += await measure(place)
            console.print(f"{name}: {perf_counter() - began:.0f} s", style="dim")
    return measured


@asynccontextmanager
async def _place(scale: float) -> AsyncIterator[Place]:
    with tempfile.TemporaryDirectory(prefix="jingzhun-bench-") as folder, _broker() as kafka:
        async with opened(Path(folder), scale, kafka) as place:
            yield place


@contextmanager
def _broker() -> Iterator[str | None]:
    """The given one, or one of the benchmark's own where Java and Maven are."""
    if given := os.environ.get("KAFKA_BOOTSTRAP"):
        yield given
    elif shutil.which("java") and shutil.which("mvn"):
        with own_broker() as broker:
            yield broker.bootstrap
    else:
        console.print("no rows over Kafka: they need Java and Maven, or KAFKA_BOOTSTRAP", style="yellow")
        yield None


if __name__ == "__main__":
    sys.exit(typer.run(bench))
