"""An embedded PostgreSQL in a process of its own, durable as in earnest: ``python -m tests.chaos.database DATA LINK``.

The server listens in another folder after every start; LINK always leads to the present one, so that services which
outlive the server find it again.
"""

import asyncio
import signal
import sys
from pathlib import Path

from shared.embedded import EmbeddedPostgres

SETTINGS = {"shared_buffers": "128MB"}


async def serve(data: Path, link: Path) -> int:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with EmbeddedPostgres(data, settings=SETTINGS) as server:
        fresh = link.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(server.sockets)
        fresh.replace(link)
        ended, stopped = asyncio.create_task(server.failed()), asyncio.create_task(stop.wait())
        await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        failed = ended.done()
        ended.cancel()
        stopped.cancel()
        await asyncio.gather(ended, stopped, return_exceptions=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2]))))
