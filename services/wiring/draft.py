"""``python -m services.wiring.draft SERVICE MESSAGE``: write a service's next migration from its models."""

import asyncio
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from services.wiring.migration import ROOT
from shared.database.migrations import draft, migrate
from shared.embedded import EmbeddedPostgres


async def write(service: str, message: str) -> None:
    metadata = import_module(f"services.{service}.models").METADATA
    folder = ROOT / "services" / service / "migrations"
    (folder / "versions").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        async with EmbeddedPostgres(Path(data) / "postgres") as server:
            dsn = server.dsn("postgres")
            await migrate(dsn, metadata, folder)
            await draft(dsn, metadata, folder, message)


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], " ".join(sys.argv[2:])))
