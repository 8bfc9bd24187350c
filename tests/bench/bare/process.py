"""The least process that answers from a database: FastAPI on uvicorn, a pool of asyncpg, one route.

``python -m tests.bench.bare.process DSN``
"""

import asyncio
import sys

import asyncpg
import orjson
import uvicorn
import uvloop
from fastapi import FastAPI, Response

CONNECTIONS = 10


async def serve(dsn: str) -> None:
    application = FastAPI()
    async with asyncpg.create_pool(dsn, min_size=1, max_size=CONNECTIONS) as pool:

        @application.get("/")
        async def answer() -> Response:
            return Response(orjson.dumps(await pool.fetchval("SELECT 1")))

        application.openapi()
        await pool.fetchval("SELECT 1")
        server = uvicorn.Server(uvicorn.Config(application, port=0, access_log=False, log_config=None))
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
            await asyncio.sleep(0.01)
        print("ready", flush=True)
        await serving


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(sys.argv[1]))
