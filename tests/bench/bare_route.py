"""What FastAPI and asyncpg take for the same answer: no token, no scope, no area, no masking, no model, no metrics.

``python -m tests.bench.bare_route DSN PORT``: a household by its primary key, as asyncpg's pool and orjson come.
"""

import asyncio
import sys
from uuid import UUID

import asyncpg
import orjson
import uvicorn
import uvloop
from fastapi import FastAPI, Response

from services.households.registry.views import HouseholdAnswer

CONNECTIONS = 10
_COMPUTED = {"available_actions", "head_name"}
COLUMNS = ", ".join(name for name in HouseholdAnswer.model_fields if name not in _COMPUTED)


async def serve(dsn: str, port: int) -> None:
    pool = await asyncpg.create_pool(dsn, min_size=CONNECTIONS, max_size=CONNECTIONS)
    application = FastAPI(openapi_url=None)

    @application.get("/v1/households/{household_id}")
    async def show(household_id: UUID) -> Response:
        async with pool.acquire() as connection:
            row = await connection.fetchrow(f"SELECT {COLUMNS} FROM households WHERE id = $1", household_id)
        return Response(orjson.dumps(dict(row), default=str), media_type="application/json")

    server = uvicorn.Server(uvicorn.Config(application, port=port, access_log=False, log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
        await asyncio.sleep(0.01)
    print("ready", flush=True)
    await serving
    await pool.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(sys.argv[1], int(sys.argv[2])))
