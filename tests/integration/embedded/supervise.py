"""A supervisor in a process of its own: tells its server's pid and DSN, then runs until its input ends."""

import asyncio
import json
import sys
from pathlib import Path

from shared.embedded import EmbeddedPostgres, EmbeddedPostgresError


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


async def main(data: str) -> None:
    try:
        async with EmbeddedPostgres(Path(data)) as server:
            tell(server=server.pid, dsn=server.dsn("postgres"))
            await asyncio.to_thread(sys.stdin.read)
    except EmbeddedPostgresError as error:
        tell(error=type(error).__name__, zh=error.zh, en=error.en, pid=getattr(error, "pid", None))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
