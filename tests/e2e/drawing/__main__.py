"""``python -m tests.e2e.drawing --requests 100000 --seed 1``: requests drawn from the API's document, against a county.

Ends with a line ``requests n seconds s failures f errors e server errors x``, and fails where one of the last three
is not 0.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from shared.embedded import EmbeddedPostgres, discard
from tests.e2e.drawing.conducting import Report, draw
from tests.fixtures.postgres import FAST


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="jingzhun-drawing-") as folder:
        report = asyncio.run(_drawn(Path(folder), asked.requests, asked.seed))
    print("\n".join(report.lines()), flush=True)
    return 0 if report.good else 1


async def _drawn(folder: Path, requests: int, seed: int) -> Report:
    data = folder / "postgres"
    try:
        async with EmbeddedPostgres(data, settings=FAST) as server:
            return await draw(server, folder, requests, seed)
    finally:
        await discard(data)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.drawing", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000, help="how many at least")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
